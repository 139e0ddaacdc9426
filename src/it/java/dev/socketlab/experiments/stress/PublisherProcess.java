package dev.socketlab.experiments.stress;

import dev.socketlab.qsl.feed.FeedOutcome;
import dev.socketlab.qsl.feed.FeedPublisher;
import dev.socketlab.qsl.feed.PublishOptions;
import java.io.IOException;

/** The publisher of {@code mdfeed publish PORT SEED ORDERS --datagrams N --wait}, likewise. */
final class PublisherProcess {

  private PublisherProcess() {}

  /** Called by the subject's JVM with port, seed, orders and the most datagrams to send. */
  public static void main(String[] arguments) throws IOException {
    PublishOptions options =
        new PublishOptions(
            Integer.parseInt(arguments[0]),
            Long.parseLong(arguments[1]),
            Long.parseLong(arguments[2]),
            Long.parseLong(arguments[3]),
            true);
    FeedOutcome outcome = new FeedPublisher(options, System.in, System.out).run();
    System.exit(outcome == FeedOutcome.COMPLETED ? 0 : 3);
  }
}

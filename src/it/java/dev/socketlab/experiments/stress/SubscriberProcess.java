package dev.socketlab.experiments.stress;

import dev.socketlab.qsl.feed.FeedOutcome;
import dev.socketlab.qsl.feed.FeedSubscriber;
import dev.socketlab.qsl.feed.SubscribeOptions;
import java.io.IOException;

/**
 * The subscriber of {@code mdfeed subscribe PORT 0 RCVBUF --controlled} without its command line,
 * which would make up half of the time that each of the many subjects takes to start.
 */
final class SubscriberProcess {

  private SubscriberProcess() {}

  /** Called by the subject's JVM with the port and the receive buffer to ask for. */
  public static void main(String[] arguments) throws IOException {
    run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
  }

  static void run(int port, int receiveBufferBytes) throws IOException {
    SubscribeOptions options = new SubscribeOptions(port, 0, receiveBufferBytes, true);
    FeedOutcome outcome = new FeedSubscriber(options, System.in, System.out).run();
    System.exit(outcome == FeedOutcome.COMPLETED ? 0 : 3);
  }
}

package dev.socketlab.experiments.stress;

import dev.socketlab.qsl.feed.FeedOutcome;
import dev.socketlab.qsl.feed.FeedSubscriber;
import dev.socketlab.qsl.feed.SubscribeOptions;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;

/**
 * The subscriber of {@code mdfeed subscribe PORT COUNT RCVBUF --controlled} without its command
 * line, which would make up half of the time that each of the many subjects takes to start.
 */
final class SubscriberProcess {

  private SubscriberProcess() {}

  /** Called by the subject's JVM with the port and the receive buffer to ask for. */
  public static void main(String[] arguments) throws IOException {
    run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
  }

  static void run(int port, int receiveBufferBytes) throws IOException {
    SubscribeOptions options =
        new SubscribeOptions(
            port, SubscribeOptions.UNLIMITED, receiveBufferBytes, true, SubscribeOptions.FOREVER);
    // Closing System.in would wait for its blocked reader; a channel's reader is let go.
    InputStream in = Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
    FeedOutcome outcome = new FeedSubscriber(options, in, System.out).run();
    System.exit(outcome == FeedOutcome.COMPLETED ? 0 : 3);
  }
}

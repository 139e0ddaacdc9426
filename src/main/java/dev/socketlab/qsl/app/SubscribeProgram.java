package dev.socketlab.qsl.app;

import dev.socketlab.qsl.feed.FeedSubscriber;
import dev.socketlab.qsl.feed.SubscribeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line of {@link FeedSubscriber}. */
final class SubscribeProgram implements Program {
  static final String NAME = "mdfeed subscribe";

  private static final String WAIT = "--wait";
  private static final String CONTROLLED = "--controlled";
  private static final long DEFAULT_COUNT = 20;

  @Override
  public CommandSpec arguments() {
    return new Arguments(NAME, "Receive market data on 127.0.0.1; report what is missing.")
        .required("<port>", DecimalConverter.range(0, 65_535), "Port; 0 takes a free one.")
        .optional(
            "<count>",
            DecimalConverter.range(0, Long.MAX_VALUE),
            "End after this many datagrams; 20 by default.")
        .optional(
            "<rcvbuf>",
            DecimalConverter.range(0, Integer.MAX_VALUE),
            "SO_RCVBUF to ask for, in bytes; 0, the default, keeps the system's default.")
        .duration(WAIT, "How long to wait for the first datagram; by default as long as it takes.")
        .flag(
            CONTROLLED,
            "Obey lines on standard input: nothing is received until 'receive'; 'finish' ends when"
                + " nothing comes any more, 'stop' when the socket is empty. End of input: exit"
                + " code 3.")
        .spec();
  }

  @Override
  public int run(ParseResult arguments, InputStream in, PrintStream out) throws IOException {
    long port = arguments.matchedPositionalValue(0, 0L);
    long count = arguments.matchedPositionalValue(1, DEFAULT_COUNT);
    long receiveBufferBytes = arguments.matchedPositionalValue(2, 0L);
    boolean controlled = arguments.hasMatchedOption(CONTROLLED);
    Duration wait = arguments.matchedOptionValue(WAIT, SubscribeOptions.FOREVER);
    if (controlled && arguments.hasMatchedOption(WAIT)) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "Invalid option '--wait': contradicts --controlled, which waits for lines");
    }
    SubscribeOptions options =
        new SubscribeOptions((int) port, count, (int) receiveBufferBytes, controlled, wait);
    return ExitCode.of(new FeedSubscriber(options, in, out).run());
  }
}

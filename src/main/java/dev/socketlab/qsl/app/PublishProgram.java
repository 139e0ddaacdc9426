package dev.socketlab.qsl.app;

import dev.socketlab.qsl.feed.FeedPublisher;
import dev.socketlab.qsl.feed.PublishOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command line of {@link FeedPublisher}. */
final class PublishProgram implements Program {
  static final String NAME = "mdfeed publish";

  private static final long DEFAULT_SEED = 42;
  private static final long DEFAULT_ORDERS = 200;

  @Override
  public CommandSpec arguments() {
    return new Arguments(NAME, "Publish the synthetic flow's market data to 127.0.0.1.")
        .required("<port>", DecimalConverter.range(1, 65_535), "Port to send to.")
        .optional("<seed>", DecimalConverter.unsignedLong(), "Seed of the flow; 42 by default.")
        .optional(
            "<orders>",
            DecimalConverter.range(0, 100_000_000),
            "Commands of the flow to process; 200 by default.")
        .option(
            "--datagrams",
            "<limit>",
            DecimalConverter.range(0, Long.MAX_VALUE),
            "Stop after this many datagrams, even amid an order's; all by default.")
        .flag(
            "--wait",
            "Print a ready line, then wait for a line 'go' on standard input. End of input: exit"
                + " code 3, and nothing is sent.")
        .spec();
  }

  @Override
  public int run(ParseResult arguments, InputStream in, PrintStream out) throws IOException {
    long port = arguments.matchedPositionalValue(0, 0L);
    long seed = arguments.matchedPositionalValue(1, DEFAULT_SEED);
    long orders = arguments.matchedPositionalValue(2, DEFAULT_ORDERS);
    long datagramLimit = arguments.matchedOptionValue("--datagrams", Long.MAX_VALUE);
    boolean waitForGo = arguments.hasMatchedOption("--wait");
    PublishOptions options = new PublishOptions((int) port, seed, orders, datagramLimit, waitForGo);
    return ExitCode.of(new FeedPublisher(options, in, out).run());
  }
}

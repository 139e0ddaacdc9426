package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.TransportKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line of a gateway. It runs until SIGTERM or SIGINT, and then stops gracefully. */
final class GatewayProgram implements Program {
  static final String NAME = "gateway";

  @Override
  public CommandSpec arguments() {
    return new Arguments(NAME, "Serve orders on 127.0.0.1 until told to stop by SIGTERM.")
        .optional(
            "<port>",
            DecimalConverter.range(0, 65_535),
            "Port; 0 takes a free one, 9009 by default.")
        .transport("--transport", "How connections are served; threaded by default.")
        .flag("--epoll", "The same as --transport epoll.")
        .option(
            "--backlog",
            "<connections>",
            DecimalConverter.range(1, Integer.MAX_VALUE),
            "How many connections may wait to be accepted; 1024 by default.")
        .option(
            "--max-connections",
            "<connections>",
            DecimalConverter.range(1, Integer.MAX_VALUE),
            "Close new connections while so many are open; by default there is no such limit.")
        .flag("--all-addresses", "Listen on all IPv4 addresses, as needed in a container.")
        .flag("--until-eof", "Stop also at the end of standard input.")
        .spec();
  }

  @Override
  public int run(ParseResult arguments, InputStream in, PrintStream out) throws IOException {
    GatewayService service = GatewayService.start(kind(arguments), options(arguments), out);
    if (arguments.hasMatchedOption("--until-eof")) {
      service.untilEnd(in);
    } else {
      service.untilSignal();
    }
    return ExitCode.OK;
  }

  private static GatewayOptions options(ParseResult arguments) {
    long port = arguments.matchedPositionalValue(0, (long) GatewayOptions.DEFAULT_PORT);
    long backlog = arguments.matchedOptionValue("--backlog", (long) GatewayOptions.DEFAULT_BACKLOG);
    long maxConnections =
        arguments.matchedOptionValue("--max-connections", (long) GatewayOptions.UNLIMITED);
    return new GatewayOptions(
        (int) port,
        (int) backlog,
        (int) maxConnections,
        arguments.hasMatchedOption("--all-addresses"));
  }

  private static TransportKind kind(ParseResult arguments) {
    TransportKind chosen = arguments.matchedOptionValue("--transport", (TransportKind) null);
    if (!arguments.hasMatchedOption("--epoll")) {
      return chosen == null ? TransportKind.THREADED : chosen;
    }
    if (chosen != null && chosen != TransportKind.EPOLL) {
      throw new ParameterException(
          arguments.commandSpec().commandLine(),
          "Invalid option '--epoll': contradicts --transport " + chosen.label());
    }
    return TransportKind.EPOLL;
  }
}

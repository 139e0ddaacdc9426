package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.Transport;
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
    TransportKind kind = kind(arguments);
    GatewayOptions options = options(arguments);
    Transport transport = kind.start(options);
    GatewayStop stop = new GatewayStop(transport, out);
    stop.atExit();
    String host = options.allAddresses() ? "0.0.0.0:" : "127.0.0.1:";
    out.println("listening on " + host + transport.port() + " transport=" + kind.label());
    out.flush();
    if (arguments.hasMatchedOption("--until-eof")) {
      awaitEnd(in);
    } else {
      stop.awaitSignal();
    }
    stop.atOnce();
    return ExitCode.OK;
  }

  private static void awaitEnd(InputStream in) throws IOException {
    byte[] ignored = new byte[64];
    while (in.read(ignored) >= 0) {
      // Whatever comes means nothing.
    }
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

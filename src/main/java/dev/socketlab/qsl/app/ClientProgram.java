package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.OrderClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The command line of {@link OrderClient}. */
final class ClientProgram implements Program {
  static final String NAME = "client";

  @Override
  public CommandSpec arguments() {
    return new Arguments(
            NAME, "Send an order and a heartbeat to a gateway on 127.0.0.1; print the replies.")
        .optional(
            "<port>", DecimalConverter.range(1, 65_535), "Port of the gateway; 9009 by default.")
        .spec();
  }

  @Override
  public int run(ParseResult arguments, InputStream in, PrintStream out) throws IOException {
    long port = arguments.matchedPositionalValue(0, (long) GatewayOptions.DEFAULT_PORT);
    new OrderClient((int) port, out).run();
    return ExitCode.OK;
  }
}

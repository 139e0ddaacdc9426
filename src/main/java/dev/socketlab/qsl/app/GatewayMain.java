package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.TransportKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * {@code gateway PORT --transport TRANSPORT --backlog BACKLOG --until-eof} without its command
 * line, whose parser costs a start processor time. For experiments, which start many.
 */
public final class GatewayMain {
  private static final String USAGE = "expected: <port> <transport> <backlog>";

  private GatewayMain() {}

  /**
   * Serve until standard input ends (exit code 0), or SIGTERM or SIGINT; then stop gracefully.
   * Exits with one of {@link ExitCode}.
   *
   * @param arguments port (0 to 65535; 0 takes a free one), transport, backlog (1 or more)
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.in, System.out, System.err));
  }

  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    if (arguments.length != 3) {
      err.println(USAGE + ", found=" + arguments.length + " arguments");
      return ExitCode.USAGE;
    }
    TransportKind kind = TransportKind.fromLabel(arguments[1]);
    if (kind == null) {
      err.println(
          "unknown transport: value=" + arguments[1] + ", allowed=" + TransportKind.labels());
      return ExitCode.USAGE;
    }
    GatewayOptions options;
    try {
      options =
          GatewayOptions.onPort(Integer.parseInt(arguments[0]))
              .withBacklog(Integer.parseInt(arguments[2]));
    } catch (IllegalArgumentException e) {
      err.println(USAGE + ", reason=" + e.getMessage());
      return ExitCode.USAGE;
    }
    try {
      GatewayService.start(kind, options, out).untilEnd(in);
      return ExitCode.OK;
    } catch (IOException e) {
      err.println(e.getMessage());
      return ExitCode.FAILURE;
    }
  }
}

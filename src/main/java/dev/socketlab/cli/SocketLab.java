package dev.socketlab.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The framework's main class.
 *
 * {@snippet lang="text" :
 * java -jar socketlab-cli.jar card --redis PING -- redis-server --port {port}
 * java -jar socketlab-cli.jar report results
 * java -jar socketlab-cli.jar compare before.json after.json
 * java -jar socketlab-cli.jar matrix 6.1.json 6.12.json 6.18.json
 * }
 */
@Command(
    exitCodeOnExecutionException = ExitCode.DEFECT,
    name = "socketlab",
    description = {
      "The Socket Report Card of a server; reports and comparisons of socket experiments."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      CardCommand.class,
      CompareCommand.class,
      MatrixCommand.class,
      ReportCommand.class,
      TextCommand.class,
      VerdictsCommand.class
    })
public final class SocketLab {
  private SocketLab() {}

  /**
   * Runs a subcommand and exits with one of {@link ExitCode}.
   *
   * @param arguments the subcommand and its arguments
   */
  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err, arguments));
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
    CommandLine commandLine =
        new CommandLine(new SocketLab())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(errors);
    commandLine.setExecutionExceptionHandler((failure, _, _) -> {
      if (!(failure instanceof IOException || failure instanceof IllegalArgumentException)) {
        throw failure;
      }
      errors.println(failure.getMessage());
      return ExitCode.USAGE;
    });
    return arguments.length == 0 ? usage(commandLine) : commandLine.execute(arguments);
  }

  private static int usage(CommandLine commandLine) {
    commandLine.usage(commandLine.getErr());
    return ExitCode.USAGE;
  }
}

package dev.socketlab.qsl.app;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The QSL system's main class. Only the subcommand that is asked for is loaded. */
public final class Qsl {
  private static final String GROUP = "mdfeed";
  private static final String ALLOWED =
      GatewayProgram.NAME
          + ", "
          + ClientProgram.NAME
          + ", "
          + SubscribeProgram.NAME
          + ", "
          + PublishProgram.NAME;

  private Qsl() {}

  /**
   * Run a subcommand and exit with one of {@link ExitCode}.
   *
   * @param args the words of the subcommand, then its arguments
   */
  public static void main(String[] args) {
    // System.in would keep a blocked reader blocked when it is closed; a channel does not.
    InputStream in = Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
    System.exit(run(args, in, System.out, System.err));
  }

  static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    int words = Math.min(args.length, args.length > 0 && args[0].equals(GROUP) ? 2 : 1);
    String name = String.join(" ", Arrays.copyOf(args, words));
    Program program = find(name);
    if (program == null) {
      return listPrograms(name, out, err);
    }
    CommandLine commandLine = new CommandLine(program.arguments());
    try {
      ParseResult arguments = commandLine.parseArgs(Arrays.copyOfRange(args, words, args.length));
      if (arguments.isUsageHelpRequested()) {
        commandLine.usage(out);
        return ExitCode.OK;
      }
      return program.run(arguments, in, out);
    } catch (ParameterException e) {
      err.println(e.getMessage());
      commandLine.usage(err);
      return ExitCode.USAGE;
    } catch (IOException e) {
      err.println(e.getMessage());
      return ExitCode.FAILURE;
    }
  }

  private static @Nullable Program find(String name) {
    return switch (name) {
      case GatewayProgram.NAME -> new GatewayProgram();
      case ClientProgram.NAME -> new ClientProgram();
      case SubscribeProgram.NAME -> new SubscribeProgram();
      case PublishProgram.NAME -> new PublishProgram();
      default -> null;
    };
  }

  private static int listPrograms(String name, PrintStream out, PrintStream err) {
    boolean help = name.equals("--help");
    PrintStream stream = help ? out : err;
    if (!help) {
      stream.println("unknown command: command=" + name + ", allowed=" + ALLOWED);
    }
    stream.println("Usage: qsl <command> [--help] [<argument>...]");
    stream.println("Commands: " + ALLOWED);
    return help ? ExitCode.OK : ExitCode.USAGE;
  }
}

package dev.socketlab.qsl.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One subcommand: what its arguments are, and what to do with them. The arguments are described by
 * calls and not by annotations, because reading annotations more than doubles what picocli adds to
 * the start of a process, and the experiments start many.
 */
interface Program {
  /** Describe the arguments; the name is all words of the subcommand. */
  CommandSpec arguments();

  /**
   * Run to the end.
   *
   * @return one of {@link ExitCode}
   * @throws IOException if the program cannot do what was asked; the message says why
   */
  int run(ParseResult arguments, InputStream in, PrintStream out) throws IOException;
}

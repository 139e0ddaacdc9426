package dev.socketlab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the text form, as it was published beside the JSON. */
@Command(
    name = "text",
    description = "Print the text form of a run.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class TextCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN.json", description = "The run.")
  private Path run;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().print(Runs.read(run).toText());
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}

package dev.socketlab.cli;

import dev.socketlab.report.internal.ReportFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a folder of reports. */
@Command(
    name = "report",
    description = "Write HTML pages, plots as SVG and tables as CSV.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RunFiles runs = new RunFiles();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      defaultValue = "target/report",
      description = "Where to write; ${DEFAULT-VALUE} by default.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Path index = new ReportFolder(folder).write(runs.readAll());
    spec.commandLine().getOut().println(index);
    return ExitCode.OK;
  }
}

package dev.socketlab.cli;

import dev.socketlab.report.ReportFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a folder of reports. */
@Command(
    name = "report",
    description = "Write HTML pages, plots as SVG and tables as CSV.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "JSON files of runs, or folders of them.")
  private List<Path> runs;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      defaultValue = "target/report",
      description = "Where to write; ${DEFAULT-VALUE} by default.")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    Path index = new ReportFolder(folder).write(Runs.readAll(runs));
    spec.commandLine().getOut().println(index);
    return ExitCode.OK;
  }
}

package dev.socketlab.cli;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.compare.internal.RunMatrix;
import dev.socketlab.report.internal.TablesPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints several runs side by side. */
@Command(
    name = "matrix",
    description = "Lay runs of an experiment side by side, such as those on several kernels.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no run is changed against the reference, as compare judges it",
      "1:a run is changed against the reference",
      "2:the arguments are wrong or a file cannot be read"
    })
final class MatrixCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    MARKDOWN,
    HTML;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "RUN.json", description = "The runs, two or more.")
  private List<Path> files;

  @Option(
      names = "--reference",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which run the others are compared with; the first by default.")
  private int reference;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private Format format;

  @Override
  public Integer call() throws IOException {
    SequencedMap<String, Artifact> runs = new LinkedHashMap<>();
    for (Path file : files) {
      if (runs.put(file.toString(), Runs.read(file)) != null) {
        throw new IllegalArgumentException("a run is given twice: file=" + file);
      }
    }
    RunMatrix matrix = RunMatrix.of(runs, reference);
    String written =
        switch (format) {
          case TEXT -> matrix.toText();
          case MARKDOWN -> matrix.toMarkdown();
          case HTML -> TablesPage.write(matrix.title(), matrix.remarks(), matrix.tables());
        };
    spec.commandLine().getOut().print(written);
    spec.commandLine().getOut().flush();
    return matrix.changed() ? ExitCode.CHANGED : ExitCode.OK;
  }
}

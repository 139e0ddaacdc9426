package dev.socketlab.cli;

import dev.socketlab.compare.internal.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what changed between two runs. */
@Command(
    name = "compare",
    description = "Say what changed from one run of an experiment to another.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing changed",
      "1:a verdict, a gate, an exact figure or a separable noisy figure changed",
      "2:the arguments are wrong or a file cannot be read"
    })
final class CompareCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    MARKDOWN,
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE.json", description = "The run to compare with.")
  private Path before;

  @Parameters(index = "1", paramLabel = "AFTER.json", description = "The run that is judged.")
  private Path after;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
  private Format format;

  @Override
  public Integer call() throws IOException {
    Comparison comparison = Comparison.of(Runs.read(before), Runs.read(after));
    String written =
        switch (format) {
          case TEXT -> comparison.toText();
          case MARKDOWN -> comparison.toMarkdown();
          case JSON -> comparison.toJson();
        };
    spec.commandLine().getOut().print(written);
    spec.commandLine().getOut().flush();
    return comparison.changed() ? ExitCode.CHANGED : ExitCode.OK;
  }
}

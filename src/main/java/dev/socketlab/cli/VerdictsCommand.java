package dev.socketlab.cli;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.internal.Markdown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what runs found out about their mechanisms, for a page of a CI system. */
@Command(
    name = "verdicts",
    description = "Print the verdicts of runs as Markdown.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class VerdictsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RunFiles runs = new RunFiles();

  @Override
  public Integer call() throws IOException {
    List<String> sections = runs.readAll().stream().map(VerdictsCommand::markdown).toList();
    spec.commandLine().getOut().print(String.join("\n", sections));
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  static String markdown(Artifact run) {
    List<String> lines = new ArrayList<>();
    lines.add("### " + Markdown.escape(run.experiment() + ": " + run.verdict().label()));
    lines.add("");
    lines.add(Markdown.escape(run.title()));
    lines.add("");
    lines.add("| verdict | mechanism | what was seen |");
    lines.add("|---|---|---|");
    for (MechanismVerdict mechanism : run.mechanisms()) {
      lines.add(
          Markdown.row(mechanism.verdict().label(), mechanism.statement(), mechanism.detail()));
    }
    lines.add("");
    lines.add(Markdown.escape(where(run.provenance())));
    return String.join("\n", lines) + "\n";
  }

  private static String where(Provenance provenance) {
    return "%s, %s, %s; network: %s"
        .formatted(
            provenance.platform().os(),
            provenance.platform().kernel(),
            provenance.jdk(),
            provenance.network());
  }
}

package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.ShellLine;
import dev.socketlab.artifact.internal.SourceDigest;
import dev.socketlab.internal.text.Prose;
import dev.socketlab.internal.text.TextGrid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes the text form, for a reader who knows nothing of the run: what was found first, then the
 * numbers and how to read them, and last what is needed to judge or repeat the run.
 */
final class TextWriter {
  private static final String NOT_SHOWN =
      "Not stated by the experiment. Read the numbers as observations of this one run on this one"
          + " machine.";

  private final Artifact artifact;
  private final List<String> lines = new ArrayList<>();

  private TextWriter(Artifact artifact) {
    this.artifact = artifact;
  }

  static String write(Artifact artifact) {
    TextWriter writer = new TextWriter(artifact);
    writer.document();
    return String.join("\n", writer.lines) + "\n";
  }

  private void document() {
    lines.add(artifact.title());
    lines.add("=".repeat(Math.min(Prose.length(artifact.title()), Prose.WIDTH)));
    lines.addAll(
        Prose.wrap("verdict: ", artifact.verdict().label() + partial() + " (" + tally() + ")"));
    lines.addAll(ShellLine.wrap("command: ", artifact.command()));
    lines.add("date:    " + artifact.date());
    lines.add("tag:     " + artifact.experiment());
    section("Mechanisms", mechanisms());
    section("Invalid trials, not in what follows", bullets(artifact.invalidTrials()));
    artifact.tables().forEach(table -> section(table.title(), TableText.lines(table)));
    section("How to read it", paragraphs(artifact.howToRead()));
    section("What it shows", bullets(orElse(artifact.shows(), "Not stated by the experiment.")));
    section("What it does not show", bullets(orElse(artifact.doesNotShow(), NOT_SHOWN)));
    section("Notes on this run", bullets(artifact.notes()));
    section("Parameters", parameters());
    section("Gates", gates());
    section(
        "Provenance (version " + artifact.provenance().version() + ")",
        ProvenanceText.lines(artifact.provenance()));
    section("The same for programs", pairing());
  }

  private void section(String heading, List<String> content) {
    if (!content.isEmpty()) {
      lines.add("");
      lines.add(heading);
      lines.add("-".repeat(Prose.length(heading)));
      lines.addAll(content);
    }
  }

  private String partial() {
    return artifact.isPartial()
        ? ", PARTIAL: trials that were invalid: " + artifact.invalidTrials().size()
        : "";
  }

  private String tally() {
    if (artifact.mechanisms().isEmpty()) {
      return "no mechanism is asserted";
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s of %s mechanisms hold"
            .formatted(numbered(Verdict.HOLDS).size(), artifact.mechanisms().size()));
    for (Verdict other :
        List.of(
            Verdict.FAILED, Verdict.VACUOUS, Verdict.INCONCLUSIVE, Verdict.NOTE, Verdict.NOT_RUN)) {
      List<String> numbers = numbered(other);
      if (!numbers.isEmpty()) {
        String label = other.label().toLowerCase(Locale.ROOT);
        parts.add(label + ": " + String.join(", ", numbers));
      }
    }
    return String.join("; ", parts);
  }

  private List<String> numbered(Verdict verdict) {
    return artifact.mechanisms().stream()
        .filter(mechanism -> mechanism.verdict() == verdict)
        .map(mechanism -> "#" + mechanism.number())
        .toList();
  }

  private List<String> mechanisms() {
    return TextGrid.alignAndWrapLast(
        artifact.mechanisms().stream()
            .map(mechanism ->
                List.of(
                    Integer.toString(mechanism.number()),
                    mechanism.verdict().label(),
                    withDetail(mechanism.statement(), mechanism.detail())))
            .toList());
  }

  private static String withDetail(String statement, String detail) {
    return detail.isEmpty()
        ? statement
        : statement + "\n" + detail.stripTrailing().indent(2).stripTrailing();
  }

  private List<String> parameters() {
    return TextGrid.alignAndWrapLast(
        artifact.parameters().stream()
            .map(parameter ->
                List.of(
                    parameter.key(),
                    (parameter.value() + " " + parameter.unit()).strip(),
                    (parameter.origin() + "\n" + parameter.doc()).strip()))
            .toList());
  }

  private List<String> gates() {
    return TextGrid.alignAndWrapLast(
        artifact.gates().stream()
            .map(gate ->
                List.of(
                    gate.name(), gate.open() ? "open" : "CLOSED", gate.neededBy(), gate.reason()))
            .toList());
  }

  /** Name the digest of the JSON form, by which a pair of different runs is recognised. */
  private List<String> pairing() {
    String digest = SourceDigest.hexSha256(artifact.toJson().getBytes(StandardCharsets.UTF_8));
    List<String> content =
        new ArrayList<>(
            Prose.wrap(
                "",
                """
                This text is rendered from %s, where numbers are plain. If that file does not have \
                the SHA-256 below, the two are of different runs: regenerate this text from it.\
                """
                    .formatted(artifact.jsonFileName())));
    content.add(
        "To check, in this folder: tail -n 1 " + artifact.textFileName() + " | sha256sum -c");
    content.add("");
    content.add(digest + "  " + artifact.jsonFileName());
    return content;
  }

  private static List<String> paragraphs(List<String> paragraphs) {
    List<String> content = new ArrayList<>();
    for (String paragraph : paragraphs) {
      if (!content.isEmpty()) {
        content.add("");
      }
      content.addAll(Prose.wrap("", paragraph));
    }
    return content;
  }

  private static List<String> bullets(List<String> statements) {
    return statements.stream().flatMap(statement -> Prose.wrap("- ", statement).stream()).toList();
  }

  private static List<String> orElse(List<String> statements, String otherwise) {
    return statements.isEmpty() ? List.of(otherwise) : statements;
  }
}

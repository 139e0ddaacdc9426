package dev.socketlab.artifact;

import static dev.socketlab.artifact.Column.informational;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.internal.ShellLine;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextWriterTest {
  @Test
  void everythingThatAnArtifactHoldsIsShown() throws IOException {
    assertThat(Samples.full().toText()).isEqualTo(Samples.resource("full.txt"));
  }

  @Test
  void whatIsEmptyIsLeftOutButWhatIsNotStatedIsNamed() throws IOException {
    assertThat(Samples.minimal("tcp_backlog").build().toText())
        .isEqualTo(Samples.resource("minimal.txt"));
  }

  @Test
  void proseStaysOnThePageAndNothingOfItIsLost() {
    String long120 = "x".repeat(120);
    String text =
        Samples.minimal("x")
            .mechanism(MechanismVerdict.failed(1, "word ".repeat(60), "tab\there\u001b[0m\r\nend"))
            .shows("ünïcödé 試験 ".repeat(20) + long120)
            .gate(new Artifact.GateLine("g", "n", false, "reason ".repeat(30)))
            .build()
            .toText();
    assertThat(text.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 100);
    assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
    assertThat(text.replaceAll("\\s", "")).contains(long120).contains("tabhere\\u001b[0mend");
    assertThat(text).doesNotContain("\r").doesNotContain("\u001b").endsWith("\n");
  }

  @Test
  void manyDirtyInputsAreCounted() {
    List<String> dirty = IntStream.range(0, 20).mapToObj(i -> "src/" + i).toList();
    assertThat(textWith(dirty, 9))
        .contains("src/11\n")
        .doesNotContain("src/12\n")
        .contains("and 8 more");
    assertThat(textWith(dirty.subList(0, 12), 9)).contains("src/11\n").doesNotContain(" more");
  }

  @Test
  void aDigestOfNoFileIsNotToBeRepeated() {
    assertThat(textWith(List.of(), 1)).contains("to repeat it");
    assertThat(textWith(List.of(), 0)).contains("(files: 0)").doesNotContain("to repeat it");
  }

  private static String textWith(List<String> dirty, int digestFiles) {
    Provenance p = Samples.provenance();
    Provenance.Source s = p.source();
    Provenance changed =
        new Provenance(
            p.version(),
            p.hardware(),
            p.platform(),
            p.network(),
            p.jdk(),
            p.subjects(),
            p.tools(),
            p.libraries(),
            new Provenance.Source(
                s.commit(), "working tree", dirty, s.digest(), s.digestScope(), digestFiles));
    return Samples.minimal("x").provenance(changed).build().toText();
  }

  @Test
  void invalidTrialsAreNamedInBothForms() {
    Artifact partial = Samples.minimal("x").invalidTrial("trial 3: a late packet").build();
    assertThat(partial.toText())
        .contains("PARTIAL: trials that were invalid: 1")
        .contains(
            """

            Invalid trials, not in what follows
            -----------------------------------
            """)
        .contains("trial 3: a late packet\n");
    assertThat(Artifact.fromJson(partial.toJson()).invalidTrials())
        .containsExactly("trial 3: a late packet");
  }

  @Test
  void aTableWithoutUnitsHasNoLineForThem() {
    assertThat(
            TableText.lines(
                Table.named("t", informational("call"), informational("n")).row("read", 1).build()))
        .containsExactly("  call  n", "  ----  -", "  read  1");
    assertThat(
            TableText.lines(
                Table.named("t", informational("call"), informational("n").in("s"))
                    .row("read", 1)
                    .build()))
        .containsExactly("  call  n", "        s", "  ----  -", "  read  1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'b  c'",
        "\"e f\"",
        "h\\ i",
        "\"j \\\" k\"",
        "'l \\'",
        "m'n \" o'p",
        "q\"r ' s\"t"
      })
  void aLineOfACommandEndsBetweenWords(String word) {
    List<String> lines = ShellLine.wrap("", (word + " ").repeat(40).strip());
    assertThat(lines).hasSizeGreaterThan(1);
    assertThat(lines)
        .allSatisfy(
            line -> assertThat(line.replaceFirst(" \\\\$", "").replace(word, "")).isBlank());
  }

  @Test
  void aLongCommandCanStillBePasted() {
    String command = "mvn verify -Da='b  c' -Dd=\"e f\" -Dg=h\\ i " + "-Dj=k ".repeat(40) + "end";
    List<String> lines = ShellLine.wrap("command: ", command);
    assertThat(lines).hasSizeGreaterThan(2).allMatch(line -> line.length() <= 100);
    String pasted = String.join("\n", lines).substring("command: ".length());
    assertThat(pasted.replaceAll(" \\\\\n +", " ")).isEqualTo(command);
  }
}

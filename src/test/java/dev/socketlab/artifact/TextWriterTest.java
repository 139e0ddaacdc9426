package dev.socketlab.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
            .gate(new GateLine("g", "n", false, "reason ".repeat(30)))
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
    Provenance p = Samples.provenance();
    Provenance.Source s = p.source();
    Provenance many =
        new Provenance(
            p.version(),
            p.hardware(),
            p.platform(),
            p.network(),
            p.jdk(),
            p.subjects(),
            p.tools(),
            new Provenance.Source(
                s.commit(), "dirty (inputs changed: 20)", dirty, s.digest(), s.digestScope(), 9));
    String text = Samples.minimal("x").provenance(many).build().toText();
    assertThat(text).contains("src/11\n").doesNotContain("src/12\n").contains("and 8 more");
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

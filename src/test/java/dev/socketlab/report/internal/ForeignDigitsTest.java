package dev.socketlab.report.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Samples;
import dev.socketlab.trace.internal.BpftraceCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Below a locale whose digits are not 0 to 9, what others read has these all the same. */
@Isolated("it changes the locale of this JVM")
class ForeignDigitsTest {

  private static final Locale PERSIAN = Locale.forLanguageTag("fa-IR");

  private final Locale before = Locale.getDefault();

  @BeforeEach
  void speakNoLanguage() {
    Locale.setDefault(Locale.ROOT);
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  private static List<String> written() {
    Artifact artifact = Samples.full();
    List<String> texts = new ArrayList<>();
    texts.add(artifact.toText());
    texts.add(artifact.toJson());
    texts.add(HtmlPage.write(artifact));
    artifact.plots().forEach(plot -> texts.add(SvgPlot.standalone(plot, artifact)));
    artifact.tables().forEach(table -> texts.add(Csv.write(table)));
    texts.add(BpftraceCounts.program(1234));
    return texts;
  }

  @Test
  void theyWouldBeWrittenInThisLocale() {
    assertThat(String.format(PERSIAN, "%d", 12)).isEqualTo("۱۲");
  }

  @Test
  void artifactsReportsAndProgramsAreTheSameInEachLocale() {
    List<String> expected = written();
    Locale.setDefault(PERSIAN);

    assertThat(written()).isEqualTo(expected);
  }
}

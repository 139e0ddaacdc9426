package dev.socketlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Plot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class SvgPlotTest {

  static Artifact profile() throws IOException {
    return Artifact.fromJson(
        Files.readString(
            Path.of("src/test/resources/dev/socketlab/compare/profile-io-run-1.json")));
  }

  @Test
  void aPlotIsWellFormedAndStaysText() throws Exception {
    Artifact artifact = profile();
    assertThat(artifact.plots()).hasSize(2);
    for (Plot plot : artifact.plots()) {
      Document svg = parse(SvgPlot.standalone(plot, artifact));
      assertThat(svg.getDocumentElement().getElementsByTagName("title").item(0).getTextContent())
          .isEqualTo(plot.title());
      assertThat(svg.getElementsByTagName("desc").item(0).getTextContent())
          .contains("The figures are those of the table \"" + plot.table() + "\"");
      assertThat(svg.getElementsByTagName("text").getLength()).isGreaterThan(10);
    }
  }

  @Test
  void eachFigureOfTheTableIsDrawnOnce() throws Exception {
    Artifact artifact = profile();
    Plot calls = artifact.plots().getLast();
    NodeList drawn = parse(SvgPlot.standalone(calls, artifact)).getElementsByTagName("g");
    int legend = 2;
    int rows =
        artifact.tables().stream()
            .filter(table -> table.title().equals(calls.table()))
            .findFirst()
            .orElseThrow()
            .rows()
            .size();
    assertThat(drawn.getLength()).isEqualTo(rows + legend);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 1, 0.2", "7, 8, 2", "14816, 15000, 5000", "0.031, 0.04, 0.01"})
  void anAxisEndsAtARoundNumberAboveTheHighest(double highest, double top, double step) {
    Scale scale = Scale.upTo(highest);
    assertThat(scale.top()).isEqualTo(top);
    assertThat(scale.step()).isEqualTo(step);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}

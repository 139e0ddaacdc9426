package dev.socketlab.report.internal;

import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
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
      assertInside(svg);
    }
  }

  static Stream<Path> published() throws IOException {
    try (Stream<Path> results = Files.list(Path.of("results"))) {
      return results.filter(file -> file.toString().endsWith(".json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void thePlotsOfWhatWasPublishedAreInsideTheirPictures(Path json) throws Exception {
    Artifact artifact = Artifact.fromJson(Files.readString(json));
    for (Plot plot : artifact.plots()) {
      assertInside(parse(SvgPlot.standalone(plot, artifact)));
    }
  }

  @Test
  void eachFigureOfTheTableIsABarOfItsLength() throws Exception {
    Artifact artifact = profile();
    Plot calls = artifact.plots().getLast();
    NodeList drawn = parse(SvgPlot.standalone(calls, artifact)).getElementsByTagName("g");
    Map<String, Double> lengths = new LinkedHashMap<>();
    for (int i = 0; i < drawn.getLength(); i++) {
      Element bar = (Element) drawn.item(i);
      String title = bar.getElementsByTagName("title").item(0).getTextContent();
      Element rectangle = (Element) bar.getElementsByTagName("rect").item(0);
      if (title.contains(": ")) { // the legend's have no figure
        assertThat(lengths.put(title, number(rectangle, "width"))).as(title).isNull();
      }
    }
    Table table =
        artifact.tables().stream()
            .filter(candidate -> candidate.title().equals(calls.table()))
            .findFirst()
            .orElseThrow();
    List<Double> figures =
        table.rows().stream().map(row -> row.get(2).numbers().getFirst().doubleValue()).toList();
    assertThat(lengths).hasSameSizeAs(figures);
    double unit = Collections.max(lengths.values()) / Collections.max(figures);
    assertThat(unit).isPositive();
    lengths.forEach((title, length) -> {
      String figure = title.substring(title.lastIndexOf(' ') + 1);
      assertThat(length).as(title).isCloseTo(Double.parseDouble(figure) * unit, offset(0.1));
    });
  }

  /** Nothing is left of, above, right of or below the picture, as wide as texts are at most. */
  private static void assertInside(Document svg) {
    String[] box = svg.getDocumentElement().getAttribute("viewBox").split(" ");
    double width = Double.parseDouble(box[2]);
    NodeList all = svg.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.getTagName().equals("pattern") || inPattern(element)) {
        continue;
      }
      for (String x : List.of("x", "x1", "x2", "cx")) {
        assertThat(number(element, x)).as("%s %s", element.getTagName(), x).isBetween(0.0, width);
      }
      for (String y : List.of("y", "y1", "y2", "cy")) {
        assertThat(number(element, y))
            .as("%s %s", element.getTagName(), y)
            .isBetween(0.0, height(svg));
      }
      assertThat(number(element, "x") + number(element, "width"))
          .as(element.getTagName())
          .isBetween(0.0, width);
      assertThat(number(element, "y") + number(element, "height"))
          .as(element.getTagName())
          .isBetween(0.0, height(svg));
      String points = element.getAttribute("points").strip();
      String[] places = points.isEmpty() ? new String[0] : points.split("[ ,]+");
      for (int k = 0; k < places.length; k++) {
        assertThat(Double.parseDouble(places[k]))
            .as("%s %s", element.getTagName(), points)
            .isBetween(0.0, k % 2 == 0 ? width : height(svg));
      }
      if (element.getTagName().equals("text") && !element.hasAttribute("transform")) {
        double wide = Canvas.width(element.getTextContent());
        String style = element.getAttribute("class");
        double left =
            number(element, "x")
                - (style.equals("end") ? wide : style.contains("middle") ? wide / 2 : 0);
        assertThat(left).as(element.getTextContent()).isNotNegative();
        assertThat(left + wide).as(element.getTextContent()).isLessThanOrEqualTo(width);
      }
    }
  }

  private static boolean inPattern(Element element) {
    return element.getParentNode() instanceof Element parent
        && parent.getTagName().equals("pattern");
  }

  private static double number(Element element, String attribute) {
    String value = element.getAttribute(attribute);
    return value.isEmpty() ? 0 : Double.parseDouble(value);
  }

  private static Document draw(Plot plot, Table table) throws Exception {
    Artifact artifact =
        Artifact.named("drawn")
            .experiment("drawn")
            .title("t")
            .command("c")
            .date(Instant.EPOCH)
            .provenance(profile().provenance())
            .table(table)
            .plot(plot)
            .build();
    return parse(SvgPlot.standalone(plot, artifact));
  }

  private static List<Double> numbers(Document svg, String element, String attribute) {
    NodeList found = svg.getElementsByTagName(element);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> ((Element) found.item(i)).getAttribute(attribute))
        .filter(value -> !value.isEmpty()) // the ground has no place
        .map(Double::valueOf)
        .toList();
  }

  private static double height(Document svg) {
    return Double.parseDouble(svg.getDocumentElement().getAttribute("viewBox").split(" ")[3]);
  }

  private static Table overCpus(double... cpus) {
    Table.Builder table = Table.named("limits", key("cpus"), noisy("cost").in("us"));
    for (double limit : cpus) {
      table.row(Cell.decimal(limit, 2), 100);
    }
    return table.build();
  }

  @Test
  void aLogarithmicAxisKeepsApartWhatIsBelowOne() throws Exception {
    Plot plot = Plot.lines("cost", "limits").x("cpus").y("cost").withLogX();
    List<Double> places = numbers(draw(plot, overCpus(0.25, 0.5, 1, 2)), "circle", "cx");
    List<Double> marks = places.subList(1, places.size()); // the first is the legend's
    assertThat(marks).doesNotHaveDuplicates().isSorted();
    assertThat(marks.get(1) - marks.get(0)).isCloseTo(marks.get(3) - marks.get(2), offset(0.2));
  }

  @Test
  void anAxisThatHoldsZeroIsNotLogarithmic() throws Exception {
    Plot plot = Plot.lines("cost", "limits").x("cpus").y("cost").withLogX();
    Document svg = draw(plot, overCpus(0, 1, 2));
    List<Double> places = numbers(svg, "circle", "cx");
    assertThat(places.get(2) - places.get(1)).isCloseTo(places.get(3) - places.get(2), offset(0.2));
    assertThat(svg.getDocumentElement().getTextContent()).doesNotContain("logarithmic");
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsDrawnOutsideThePictureHoweverLongTheNamesAre(Plot.Kind kind) throws Exception {
    Table.Builder table = Table.named("long", key("x"), key("name"), noisy("cost").in("us"));
    Plot plot =
        switch (kind) {
          case LINES -> Plot.lines("cost", "long");
          case BARS -> Plot.bars("cost", "long");
          case STACKED_BARS -> Plot.stackedBars("cost", "long");
        };
    for (int i = 0; i < 25; i++) {
      table.row(i, "a series whose name is rather long, number " + i, i - 12);
    }
    Document svg = draw(plot.x("x").y("cost").by("name"), table.build());
    assertInside(svg);
    assertThat(numbers(svg, "circle", "cy")).allMatch(y -> y >= 0 && y <= height(svg) - 50);
  }

  @ParameterizedTest
  @EnumSource
  void aNameThatIsWiderThanThePictureIsShortened(Plot.Kind kind) throws Exception {
    String name = "name ".repeat(40).strip();
    Table table =
        Table.named("wide", key("x"), key("name"), noisy("cost").in("us"))
            .row(kind == Plot.Kind.LINES ? 1 : name, name, 100)
            .row(kind == Plot.Kind.LINES ? 2 : "short", name, 50)
            .build();
    Plot plot = new Plot("cost", "wide", kind, List.of("x"), List.of("cost"), "name", false);
    Document svg = draw(plot, table);
    assertInside(svg);
    assertThat(svg.getDocumentElement().getTextContent()).contains("…");
    assertThat(svg.getElementsByTagName("g").item(0).getTextContent()).contains(name);
  }

  /** Every name of the legend stands apart from the next, and above the plot. */
  @Test
  void theLegendHasAsManyLinesAsItNeeds() throws Exception {
    Table.Builder table = Table.named("t", key("x"), key("name"), noisy("cost").in("us"));
    for (int i = 0; i < 12; i++) {
      table.row("a", "a series with a name, number " + i, 1 + i);
    }
    Document svg = draw(Plot.bars("cost", "t").x("x").y("cost").by("name"), table.build());
    NodeList texts = svg.getElementsByTagName("text");
    List<Element> legend =
        IntStream.range(0, texts.getLength())
            .mapToObj(i -> (Element) texts.item(i))
            .filter(text -> text.getTextContent().startsWith("a series"))
            .toList();
    assertThat(legend).hasSize(12);
    for (int i = 1; i < legend.size(); i++) {
      Element before = legend.get(i - 1);
      Element after = legend.get(i);
      boolean sameLine = number(before, "y") == number(after, "y");
      assertThat(number(after, sameLine ? "x" : "y"))
          .as(after.getTextContent())
          .isGreaterThan(
              sameLine
                  ? number(before, "x") + Canvas.width(before.getTextContent())
                  : number(before, "y") + 10);
    }
    double lowest = number(legend.getLast(), "y");
    assertThat(lowest).isGreaterThan(number(legend.getFirst(), "y"));
    assertThat(numbers(svg, "line", "y1")).isNotEmpty().allMatch(y -> y > lowest);
  }

  @Test
  void aNegativeFigureIsBelowZero() throws Exception {
    Table table =
        Table.named("change", key("x"), noisy("change").in("us")).row(1, 10).row(2, -10).build();
    List<Double> marks =
        numbers(draw(Plot.lines("c", "change").x("x").y("change"), table), "circle", "cy");
    assertThat(marks.get(2)).isGreaterThan(marks.get(1)).isLessThan(380 - 50);
    for (Plot bars : List.of(Plot.bars("c", "change"), Plot.stackedBars("c", "change"))) {
      Document svg = draw(bars.x("x").y("change"), table);
      assertInside(svg);
      List<Double> widths = numbers(svg, "rect", "width").reversed(); // each bar is two of them
      List<Double> starts = numbers(svg, "rect", "x").reversed();
      assertThat(widths.getFirst()).isPositive().isCloseTo(widths.get(2), offset(0.2));
      assertThat(starts.getFirst() + widths.getFirst()).isCloseTo(starts.get(2), offset(0.2));
    }
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

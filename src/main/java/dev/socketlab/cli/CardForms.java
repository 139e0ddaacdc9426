package dev.socketlab.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.card.Law;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A card in the forms that systems of continuous integration read. */
final class CardForms {
  private static final String HOME = "https://github.com/socketlab/socketlab";
  private static final String PAGES = HOME + "/blob/main/docs/laws/";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private CardForms() {}

  private static String json(Object form) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(form) + "\n";
  }

  static String id(MechanismVerdict law) {
    return law.statement().substring(0, law.statement().indexOf(' '));
  }

  static long count(Artifact card, Verdict verdict) {
    return card.mechanisms().stream().filter(law -> law.verdict() == verdict).count();
  }

  private record Text(String text) {}

  private record Rule(String id, Text shortDescription, String helpUri) {
    static Rule of(Law law) {
      return new Rule(law.id(), new Text(law.statement()), PAGES + law.id() + ".md");
    }
  }

  private record Place(Map<String, Map<String, String>> physicalLocation) {}

  private record Finding(
      String ruleId,
      String level,
      Text message,
      List<Place> locations,
      Map<String, String> partialFingerprints) {}

  private record Driver(String name, String informationUri, List<Rule> rules) {}

  private record Run(Map<String, Driver> tool, List<Finding> results) {}

  private record Sarif(@JsonProperty("$schema") String schema, String version, List<Run> runs) {}

  /**
   * SARIF 2.1.0, with a result for each law that is broken: those who show it, show what is in it
   * as an alert.
   *
   * @param place a file of the user's repository, without which some refuse a result
   */
  static String sarif(Artifact card, String place) {
    List<Finding> findings =
        card.mechanisms().stream()
            .filter(law -> law.verdict() == Verdict.FAILED)
            .map(law ->
                new Finding(
                    id(law),
                    "error",
                    new Text(law.statement() + ". " + law.detail()),
                    List.of(new Place(Map.of("artifactLocation", Map.of("uri", place)))),
                    Map.of("law/v1", id(law))))
            .toList();
    Driver driver =
        new Driver("socketlab card", HOME, Arrays.stream(Law.values()).map(Rule::of).toList());
    return json(
        new Sarif(
            "https://json.schemastore.org/sarif-2.1.0.json",
            "2.1.0",
            List.of(new Run(Map.of("driver", driver), findings))));
  }

  private record Badge(int schemaVersion, String label, String message, String color) {}

  /** What shields.io calls an endpoint. */
  static String badge(Artifact card) {
    long broken = count(card, Verdict.FAILED);
    long open = count(card, Verdict.INCONCLUSIVE) + count(card, Verdict.NOT_RUN);
    String message = count(card, Verdict.HOLDS) + " hold";
    message += broken == 0 ? "" : ", " + broken + " broken";
    message += open == 0 ? "" : ", " + open + " not judged";
    return json(
        new Badge(
            1, "socket card", message, broken > 0 ? "red" : open > 0 ? "yellow" : "brightgreen"));
  }

  /** The XML that JUnit's reporters write: a test for each law; what was not judged is skipped. */
  static String junit(Artifact card) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", card.experiment());
      xml.writeAttribute("tests", Integer.toString(card.mechanisms().size()));
      xml.writeAttribute("failures", Long.toString(count(card, Verdict.FAILED)));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute(
          "skipped",
          Long.toString(count(card, Verdict.INCONCLUSIVE) + count(card, Verdict.NOT_RUN)));
      xml.writeAttribute("timestamp", card.date().toString());
      for (MechanismVerdict law : card.mechanisms()) {
        writeTest(xml, card.experiment(), law);
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException failure) {
      throw new IllegalStateException("text in memory was not written", failure);
    }
    return text + "\n";
  }

  private static void writeTest(XMLStreamWriter xml, String suite, MechanismVerdict law)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", suite);
    xml.writeAttribute("name", law.statement());
    xml.writeCharacters("\n    ");
    switch (law.verdict()) {
      case FAILED -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", legal(law.detail()));
      }
      case INCONCLUSIVE, NOT_RUN -> {
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", legal(law.detail()));
      }
      default -> {
        xml.writeStartElement("system-out");
        xml.writeCharacters(legal(law.verdict().label() + ": " + law.detail()));
      }
    }
    xml.writeEndElement();
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  /** A server may print what XML 1.0 cannot hold. */
  private static String legal(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\r\\t]]|[\\uFFFE\\uFFFF]", "?");
  }
}

package dev.socketlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Samples;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.card.Law;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CardFormsTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private record Found(Law law, Verdict verdict, String detail) {}

  private static Artifact card(Found... laws) {
    List<MechanismVerdict> verdicts = new ArrayList<>();
    for (Found found : laws) {
      verdicts.add(
          new MechanismVerdict(
              verdicts.size() + 1, found.law().toString(), found.verdict(), found.detail()));
    }
    return Samples.minimal("socket_card").mechanisms(verdicts).build();
  }

  private static Artifact mixed() {
    return card(
        new Found(Law.FD_01, Verdict.FAILED, "EXACT: 8,934 accepts fail & \"more\" <\u0001>"),
        new Found(Law.EXEC_01, Verdict.HOLDS, "READ: 2 sockets"),
        new Found(Law.DEAD_01, Verdict.NOTE, "READ: not set"),
        new Found(Law.LOSS_01, Verdict.INCONCLUSIVE, "nothing was dropped"));
  }

  @Test
  void sarifHasAResultForEachBrokenLawAndARuleForEachLaw() {
    JsonNode run = MAPPER.readTree(CardForms.sarif(mixed(), "my.policy")).at("/runs/0");
    assertThat(run.at("/tool/driver/rules")).hasSize(Law.values().length);
    assertThat(run.at("/results")).hasSize(1);
    JsonNode result = run.at("/results/0");
    assertThat(result.at("/ruleId").asString()).isEqualTo("SL-FD-01");
    assertThat(result.at("/level").asString()).isEqualTo("error");
    assertThat(result.at("/message/text").asString()).contains("8,934 accepts fail");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
        .isEqualTo("my.policy");
    List<String> ids = new ArrayList<>();
    run.at("/tool/driver/rules").forEach(rule -> ids.add(rule.at("/id").asString()));
    assertThat(ids).contains("SL-FD-01").doesNotHaveDuplicates();
  }

  @Test
  void theReportOfTestsHasATestForEachLaw() throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(CardForms.junit(mixed()))))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(names(suite, "testcase", "name"))
        .containsExactly(
            Law.FD_01.toString(),
            Law.EXEC_01.toString(),
            Law.DEAD_01.toString(),
            Law.LOSS_01.toString());
    assertThat(names(suite, "failure", "message"))
        .containsExactly("EXACT: 8,934 accepts fail & \"more\" <?>");
    assertThat(names(suite, "skipped", "message")).containsExactly("nothing was dropped");
  }

  private static List<String> names(Element suite, String tag, String attribute) {
    var elements = suite.getElementsByTagName(tag);
    return IntStream.range(0, elements.getLength())
        .mapToObj(i -> ((Element) elements.item(i)).getAttribute(attribute))
        .toList();
  }

  @Test
  void theBadgeSaysWhatIsBroken() {
    assertThat(MAPPER.readTree(CardForms.badge(mixed())))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"schemaVersion": 1, "label": "socket card",
                 "message": "1 hold, 1 broken, 1 not judged", "color": "red"}
                """));
    assertThat(MAPPER.readTree(CardForms.badge(card(new Found(Law.EXEC_01, Verdict.HOLDS, "")))))
        .isEqualTo(
            MAPPER.readTree(
                """
                {"schemaVersion": 1, "label": "socket card", "message": "1 hold",
                 "color": "brightgreen"}
                """));
    assertThat(
            MAPPER
                .readTree(CardForms.badge(card(new Found(Law.FD_01, Verdict.INCONCLUSIVE, "no"))))
                .at("/color")
                .asString())
        .isEqualTo("yellow");
  }
}

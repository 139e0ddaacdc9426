package dev.socketlab.report.internal;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlTableTest {

  private static String html(int rows) {
    Table.Builder table =
        Table.named("calls", key("server"), exact("reads"), exact("writes"), informational("why"));
    for (int i = 0; i < rows; i++) {
      table.row(
          "s" + i,
          i == 1 ? Cell.notAvailable("no whole number") : Cell.whole(100 - i * 7L),
          Cell.whole(1),
          Cell.text("as it is"));
    }
    Markup html = new Markup();
    HtmlTable.write(table.build(), "calls", html);
    return html.toString();
  }

  private static List<String> found(String pattern, String in) {
    return Pattern.compile(pattern).matcher(in).results().map(HtmlTableTest::group).toList();
  }

  private static String group(MatchResult found) {
    return found.group(1);
  }

  @Test
  void aLongTableIsThereInTheOrderOfEachColumnWhoseNumbersDiffer() {
    String html = html(12);
    assertThat(found("href=\"#([^\"]*)\"", html)).containsExactly("calls-as-run", "calls-1");
    assertThat(found("class=\"order\" id=\"([^\"]*)\"", html))
        .containsExactly("calls-as-run", "calls-1");

    String[] orders = html.split("class=\"order\"", -1);
    assertThat(orders).hasSize(3);
    String row = "<th scope=\"row\" class=\"words\">(s\\d+)</th>";
    assertThat(found(row, orders[1]))
        .containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11");
    assertThat(found(row, orders[2]))
        .containsExactly("s11", "s10", "s9", "s8", "s7", "s6", "s5", "s4", "s3", "s2", "s0", "s1");
    assertThat(orders[1]).doesNotContain("aria-sort");
    assertThat(found("aria-sort=\"ascending\">(\\w+)", orders[2])).containsExactly("reads");
    assertThat(found("<li>(n/a 1: .*)</li>", html)).containsExactly("n/a 1: no whole number");
  }

  @Test
  void aShortTableIsThereOnce() {
    assertThat(html(11)).doesNotContain("order").containsOnlyOnce("<tbody>");
  }
}

package dev.socketlab.report.internal;

import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Table;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void unitsStandInTheHeadingAndEachTrialHasItsColumn() {
    Table table =
        Table.named(
                "t",
                key("setting"),
                informational("granted").in("bytes"),
                noisy("lost").in("datagrams"))
            .row("small", 8_388_608, Cell.series(10_654, 0))
            .row("large", Cell.notAvailable("not readable"), Cell.decimals(1, 0.5))
            .build();
    assertThat(Csv.write(table))
        .isEqualTo(
            """
            setting,granted (bytes),lost 1 (datagrams),lost 2 (datagrams)\r
            small,8388608,10654,0\r
            large,,0.5,\r
            """);
  }

  @Test
  void whatSeparatesFieldsIsQuoted() {
    Table table =
        Table.named("t", informational("a,b"), informational("c"))
            .row("say \"no\"", "plain")
            .build();
    assertThat(Csv.write(table)).isEqualTo("\"a,b\",c\r\n\"say \"\"no\"\"\",plain\r\n");
  }
}

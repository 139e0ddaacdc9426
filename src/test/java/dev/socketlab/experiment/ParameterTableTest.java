package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables of docs/parameters.md say what the declarations say. */
class ParameterTableTest {

  private static final Path PAGE = Path.of("docs", "parameters.md");

  @Test
  void thePageHoldsTheDeclarationsOfEveryExperiment() throws Exception {
    for (String experiment :
        List.of(
            "laws.AcceptQueueParameters",
            "laws.LinkLossParameters",
            "profile.ProfileParameters",
            "profile.CpuLimitParameters",
            "load.SocketLoadExperiment",
            "stress.StressParameters")) {
      List<Parameter<?>> declared =
          Parameters.declaredBy(Class.forName("dev.socketlab.experiments." + experiment));
      assertThat(declared).isNotEmpty();
      assertThat(page()).as("rows for %s", experiment).containsSubsequence(rows(declared));
    }
  }

  private static List<String> rows(List<Parameter<?>> declared) {
    return declared.stream()
        .map(p ->
            "| `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                    p.key(),
                    p.environment().map(name -> "`" + name + "`").orElse(""),
                    p.defaultText(),
                    p.range(),
                    p.unit(),
                    p.doc()))
        .toList();
  }

  private static List<String> page() throws IOException {
    return Files.readAllLines(PAGE);
  }
}

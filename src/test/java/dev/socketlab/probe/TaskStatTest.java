package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.testkit.Capture;
import org.junit.jupiter.api.Test;

class TaskStatTest {
  private static final String PROCESS = Capture.of("linux-6.18-pid-stat.txt").lines().getFirst();
  private static final String THREAD = Capture.of("linux-6.18-task-stat.txt").lines().getFirst();

  @Test
  void readsAProcess() {
    assertThat(TaskStat.parse("stat", PROCESS))
        .isEqualTo(new TaskStat(17096, "java", 5340, 0, 4, 2, 23, 180134));
  }

  @Test
  void nameMayHoldSpacesAndParentheses() {
    assertThat(TaskStat.parse("stat", THREAD))
        .isEqualTo(new TaskStat(17142, "a) b (c", 25, 0, 0, 0, 23, 180148));
  }

  @Test
  void oddTextThrows() {
    assertMalformed(PROCESS.replace("(java)", "java"), "a name in parentheses");
    assertMalformed(PROCESS.replace("(java)", ")java("), "a name in parentheses");
    assertMalformed(PROCESS.replaceFirst(" \\S+$", ""), "at least 52 fields, found 51");
    assertMalformed(PROCESS.replace(" 5340 ", " -5340 "), "minflt >= 0, found -5340");
    assertMalformed("", "a name in parentheses");
  }

  private static void assertMalformed(String text, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> TaskStat.parse("stat", text))
        .withMessageContaining(expected);
  }
}

package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.testkit.Capture;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskStatusTest {
  private static final TaskStatus STATUS =
      new TaskStatus("status", Capture.of("linux-6.18-pid-status.txt").lines());

  @Test
  void findsCountsAndSizes() {
    assertThat(STATUS.kilobytes("VmHWM")).isEqualTo(43712);
    assertThat(STATUS.count("Threads")).isEqualTo(23);
    assertThat(STATUS.count("voluntary_ctxt_switches")).isEqualTo(1);
    assertThat(STATUS.count("nonvoluntary_ctxt_switches")).isEqualTo(2);
  }

  @Test
  void missingOrOddLinesThrow() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> new TaskStatus("status", List.of()).kilobytes("VmHWM"))
        .withMessage("incomplete: source=status, expected=a line VmHWM");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> STATUS.kilobytes("Threads"))
        .withMessageContaining("expected=Threads, a number and kB");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> STATUS.count("VmHWM"))
        .withMessageContaining("expected=VmHWM, a number");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> STATUS.count("State"))
        .withMessageContaining("line=3");
  }
}

package dev.socketlab.trace.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.testkit.Capture;
import dev.socketlab.trace.SyscallCounts;
import org.junit.jupiter.api.Test;

class PerfStatTest {
  private static final Capture CAPTURE = Capture.of("perf-6.1-stat.txt");

  @Test
  void readsTheCountsOfTheWatchedCalls() {
    SyscallCounts counts = parse(CAPTURE);

    assertThat(counts.calls("read")).isEqualTo(2007);
    assertThat(counts.calls("write")).isEqualTo(2002);
    assertThat(counts.calls("accept4")).isZero();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts.calls("close"))
        .withMessageContaining("system call was not watched: name=close");
  }

  @Test
  void eventNameIsTheOneThatIsParsed() {
    assertThat(CAPTURE.lines().get(2)).contains("," + PerfStat.event("read") + ",");
  }

  @Test
  void eventWithoutAnExactCountThrows() {
    assertMalformed(
        CAPTURE.withLine(3, "<not counted>,,syscalls:sys_enter_read,0,100.00,,"),
        "an exact count as a decimal number of 64 bits, found \"<not counted>\"");
    assertMalformed(
        CAPTURE.withLine(3, "<not supported>,,syscalls:sys_enter_read,0,100.00,,"),
        "found \"<not supported>\"");
    assertMalformed(CAPTURE.replacing(3, "100.00", "51.20"), "counted 100.00 % of the time");
    assertMalformed(Capture.of("perf-6.1-stat-not-supported.txt"), "raw=\"<not supported>,,cycles");
  }

  @Test
  void oddLinesThrow() {
    assertMalformed(CAPTURE.withLine(3, "2007,,syscalls"), "count,unit,syscalls:sys_enter_<name>");
    assertMalformed(CAPTURE.withLine(4, CAPTURE.lines().get(2)), "each event once");
    assertMalformed(
        new Capture(CAPTURE.name(), CAPTURE.lines().subList(0, 2)), "at least one event");
  }

  private static SyscallCounts parse(Capture capture) {
    return PerfStat.parse(capture.name(), capture.lines());
  }

  private static void assertMalformed(Capture capture, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(capture))
        .withMessageContaining(expected);
  }
}

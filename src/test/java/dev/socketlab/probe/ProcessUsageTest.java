package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.testkit.Capture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessUsageTest {
  private static final ProcessUsage CAPTURED =
      ProcessUsage.of(
          TaskStat.parse("stat", Capture.of("linux-6.18-pid-stat.txt").lines().getFirst()),
          new TaskStatus("status", Capture.of("linux-6.18-pid-status.txt").lines()),
          new ThreadUsage(17096, List.of()),
          100);

  @Test
  void differenceKeepsThePeakAsALevel() {
    ProcessUsage later = used(34, 12, 17096, 180134);

    ProcessUsage.Delta delta = later.since(CAPTURED);

    assertThat(delta.userTicks()).isEqualTo(30);
    assertThat(delta.systemTicks()).isEqualTo(10);
    assertThat(delta.minorFaults()).isZero();
    assertThat(delta.peakRssKb()).isEqualTo(43712);
    assertThat(delta.tick()).isEqualTo(Duration.ofMillis(10));
    assertThat(delta.cpuTime()).isEqualTo(Duration.ofMillis(400));
    assertThat(delta.systemShare()).isEqualTo(Share.ofTicks(10, 40));
    assertThat(delta.voluntarySwitches()).isZero();
  }

  @Test
  void anotherProcessOrABackwardCounterThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> used(4, 1, 17096, 180134).since(CAPTURED))
        .withMessageContaining("counter went backwards: counter=stime, before=2, after=1");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> used(4, 2, 17096, 180135).since(CAPTURED))
        .withMessageContaining("not the same process");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesThisProcessWork() {
    ProcessUsage before = ProcessUsage.read(ProcessHandle.current().pid());
    ProcessUsage.Delta delta = ProcessUsage.read(before.pid()).since(before);

    assertThat(before.peakRssKb()).isPositive();
    assertThat(before.threads().threads()).hasSizeGreaterThan(1);
    assertThat(delta.threads().total().runNs()).isPositive();
  }

  private static ProcessUsage used(long user, long system, long pid, long start) {
    return new ProcessUsage(
        pid,
        start,
        100,
        user,
        system,
        CAPTURED.minorFaults(),
        CAPTURED.majorFaults(),
        CAPTURED.peakRssKb(),
        new ThreadUsage(pid, List.of()));
  }
}

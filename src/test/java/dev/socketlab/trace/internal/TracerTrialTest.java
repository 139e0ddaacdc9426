package dev.socketlab.trace.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.trace.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins for tracers are Unix programs")
class TracerTrialTest {

  @ParameterizedTest
  @EnumSource
  void aTracerThatIsMissingSaysWhatToInstall(Tracer tracer) {
    assertThat(new TracerTrial(tracer, _ -> "no-such-tracer").obstacle().orElseThrow())
        .startsWith(tracer.program() + " cannot be started: ")
        .contains("no-such-tracer")
        .endsWith("; install it, on Debian: apt-get install " + tracer.debianPackage());
  }

  @ParameterizedTest
  @EnumSource
  void aTracerThatIsRefusedSaysSoInItsOwnWordsAndWhatItNeeds(Tracer tracer) {
    assertThat(new TracerTrial(tracer, _ -> "ls").obstacle().orElseThrow())
        .startsWith(tracer.label() + " cannot count here, exit code ")
        .contains("ls: ")
        .endsWith("; it " + tracer.need());
  }

  @Test
  void aPerfThatCountsAnotherEventIsRefused() {
    assertThat(new TracerTrial(Tracer.PERF_STAT, _ -> "true").obstacle().orElseThrow())
        .startsWith("perf-stat cannot count here, exit code 0");
  }

  @Test
  void anArchitectureWhoseCallsHaveUnknownNumbersClosesTheGateOfBpftraceAlone() {
    assertThat(new TracerTrial(Tracer.BPFTRACE, _ -> "true", "riscv64").obstacle())
        .hasValueSatisfying(
            why -> assertThat(why).contains("the numbers of riscv64 are not known"));
    assertThat(new TracerTrial(Tracer.STRACE, _ -> "true", "riscv64").obstacle()).isEmpty();
    assertThat(new TracerTrial(Tracer.BPFTRACE, _ -> "true", "aarch64").obstacle()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PERF_STAT")
  void aTracerThatSucceedsIsNoObstacle(Tracer tracer) {
    assertThat(new TracerTrial(tracer, _ -> "true").obstacle()).isEmpty();
  }
}

package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SoftnetTest {
  private static final Capture CAPTURE = Capture.of("linux-6.18-net-softnet_stat.txt");

  @Test
  void readsTheColumnsOfEachCpu() {
    assertThat(parse(CAPTURE).cpus())
        .containsExactly(
            new Softnet.Cpu(0, 0x2aee, 0, 0, 0, 0),
            new Softnet.Cpu(1, 0x4a59, 0x16c, 0, 0x26b2, 0));
  }

  @Test
  void countsDropsOfAllCpus() {
    Softnet later =
        parse(
            CAPTURE
                .replacing(1, "00002aee 00000000", "00002aff 00000003")
                .replacing(2, "0000016c", "00000170"));

    assertThat(later.droppedSince(parse(CAPTURE))).isEqualTo(7);
  }

  @Test
  void wrappedCounterThrows() {
    Softnet wrapped = parse(CAPTURE.replacing(2, "0000016c", "00000001"));

    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> wrapped.droppedSince(parse(CAPTURE)))
        .withMessageContaining(
            "counter went backwards: counter=dropped of CPU 1, before=364, after=1");
  }

  @Test
  void cpuThatWentOfflineThrows() {
    Softnet oneCpu = Softnet.parse("x", CAPTURE.lines().subList(0, 1));

    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> oneCpu.droppedSince(parse(CAPTURE)))
        .withMessageContaining("CPUs differ: before=[0, 1], after=[0]");
  }

  @Test
  void oddLinesThrow() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Softnet.parse("x", List.of("00000001 00000002")))
        .withMessageContaining("at least 13 columns (Linux 5.10), found 2");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(CAPTURE.replacing(1, "00002aee", "0x2aee")))
        .withMessageContaining("processed as 1 to 8 hexadecimal digits");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Softnet.parse("x", List.of()))
        .withMessageContaining("a line per CPU");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsThisKernel() {
    assertThat(Softnet.read().cpus()).isNotEmpty();
  }

  private static Softnet parse(Capture capture) {
    return Softnet.parse(capture.name(), capture.lines());
  }
}

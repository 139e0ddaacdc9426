package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The text was written from the documented format, not captured from a macOS host. */
class MacUdpStatisticsTest {
  private static final Capture TEXT =
      Capture.of("written-from-documentation-macos-netstat-udp.txt");

  @Test
  void findsTheCounters() {
    assertThat(MacUdpStatistics.parse(TEXT.lines()))
        .isEqualTo(new MacUdpStatistics(27361, 96, 27079, 25930));
  }

  @Test
  void singularCountsToo() {
    Capture one = TEXT.replacing(2, "27361 datagrams received", "1 datagram received");

    assertThat(MacUdpStatistics.parse(one.lines()).received()).isEqualTo(1);
  }

  @Test
  void missingLineThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(
            () -> MacUdpStatistics.parse(TEXT.replacing(13, "full socket", "other").lines()))
        .withMessageContaining("a line \"<number> dropped due to full socket buffers\"");
  }

  @Test
  void counterThatWentBackwardsThrows() {
    MacUdpStatistics before = MacUdpStatistics.parse(TEXT.lines());
    MacUdpStatistics after = new MacUdpStatistics(27400, 95, 27079, 25930);

    assertThat(before.since(before)).isEqualTo(new MacUdpStatistics(0, 0, 0, 0));
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.since(before))
        .withMessageContaining("before=96, after=95");
  }

  @Test
  @DisabledOnOs(OS.MAC)
  void anotherSystemIsRefused() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(MacUdpStatistics::read)
        .withMessageContaining("only macOS prints this format");
  }
}

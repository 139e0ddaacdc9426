package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ClockTickTest {
  @Test
  void findsTheEntryAmongOthers() {
    byte[] vector = vector(33, 0x7fff_0000_1000L, 6, 4096, 17, 100, 0, 0);

    assertThat(ClockTick.parse(vector, ByteOrder.LITTLE_ENDIAN)).isEqualTo(100);
  }

  @Test
  void missingEntryThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ClockTick.parse(vector(6, 4096, 0, 0), ByteOrder.LITTLE_ENDIAN))
        .withMessage("incomplete: source=/proc/self/auxv, expected=an entry AT_CLKTCK (17) > 0");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ClockTick.parse(new byte[15], ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisKernelHasOne() {
    assertThat(ClockTick.ticksPerSecond()).isBetween(1L, 1024L);
  }

  private static byte[] vector(long... words) {
    ByteBuffer bytes = ByteBuffer.allocate(words.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      bytes.putLong(word);
    }
    return bytes.array();
  }
}

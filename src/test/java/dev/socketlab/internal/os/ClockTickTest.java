package dev.socketlab.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ClockTickTest {
  @Test
  void findsTheEntryAmongOthers() throws IOException {
    byte[] vector = vector(33, 0x7fff_0000_1000L, 6, 4096, 17, 100, 0, 0);

    assertThat(ClockTick.parse(vector, ByteOrder.LITTLE_ENDIAN)).isEqualTo(100);
  }

  @Test
  void findsTheEntryOfAnAArch64Process() throws IOException {
    // xxd -p of /proc/self/auxv in a static program for AArch64 under qemu-aarch64 7.2, up to
    // AT_CLKTCK: AT_PHDR, PHENT, PHNUM, PAGESZ, BASE, FLAGS, ENTRY, UID, EUID, GID, EGID, HWCAP.
    String vector =
        """
        0300000000000000400040000000000004000000000000003800000000000000
        0500000000000000060000000000000006000000000000000010000000000000
        0700000000000000000000000000000008000000000000000000000000000000
        090000000000000080054000000000000b000000000000000000000000000000
        0c0000000000000000000000000000000d000000000000000000000000000000
        0e0000000000000000000000000000001000000000000000fbffffec00000000
        1100000000000000640000000000000000000000000000000000000000000000
        """;
    byte[] bytes = HexFormat.of().parseHex(vector.replace("\n", ""));

    assertThat(ClockTick.parse(bytes, ByteOrder.LITTLE_ENDIAN)).isEqualTo(100);
  }

  @Test
  void missingEntryThrows() {
    assertThatIOException()
        .isThrownBy(() -> ClockTick.parse(vector(6, 4096, 0, 0), ByteOrder.LITTLE_ENDIAN))
        .withMessage("/proc/self/auxv has no entry AT_CLKTCK (17) > 0");
    assertThatIOException()
        .isThrownBy(() -> ClockTick.parse(new byte[15], ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisKernelHasOne() throws IOException {
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

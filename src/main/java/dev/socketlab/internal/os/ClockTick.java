package dev.socketlab.internal.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The unit of the CPU times in {@code /proc/<pid>/stat}: entry AT_CLKTCK of {@code
 * /proc/self/auxv}, which is what {@code getconf CLK_TCK} prints, but from the kernel itself and
 * without a process. It is 100 per second nearly everywhere, whatever the rate (HZ) at which the
 * kernel samples.
 *
 * <p>The file holds pairs of 64-bit words, type and value, in the machine's byte order, ended by
 * type 0.
 */
public final class ClockTick {
  private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");
  private static final long AT_CLKTCK = 17;

  private ClockTick() {}

  /**
   * Reads it.
   *
   * @return ticks per second
   * @throws IOException if the vector cannot be read, or has no such entry
   */
  public static long ticksPerSecond() throws IOException {
    try (InputStream in = Files.newInputStream(AUXILIARY_VECTOR)) {
      return parse(in.readAllBytes(), ByteOrder.nativeOrder());
    }
  }

  static long parse(byte[] auxiliaryVector, ByteOrder order) throws IOException {
    ByteBuffer words = ByteBuffer.wrap(auxiliaryVector).order(order);
    while (words.remaining() >= 2 * Long.BYTES) {
      long type = words.getLong();
      long value = words.getLong();
      if (type == AT_CLKTCK && value > 0) {
        return value;
      }
    }
    throw new IOException(AUXILIARY_VECTOR + " has no entry AT_CLKTCK (17) > 0");
  }
}

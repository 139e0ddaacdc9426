package dev.socketlab.internal.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files whose size the kernel reports as 0. */
public final class KernelFiles {

  private KernelFiles() {}

  /**
   * Reads a file to its end. {@link Files#readString} trusts the size and returns only the first
   * byte of a file below {@code /proc/sys}. Bytes that are not UTF-8 (a thread may have any name)
   * become replacement characters.
   *
   * @param file a file of procfs or sysfs, or any other
   * @return all of its text
   * @throws IOException if it cannot be read
   */
  public static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

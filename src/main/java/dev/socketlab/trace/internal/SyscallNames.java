package dev.socketlab.trace.internal;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.Line;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names of the numbered system calls of one architecture, from a resource with a line "number name"
 * each.
 *
 * <p>The resources were listed from the kernel's own headers (Linux 6.1: {@code asm/unistd_64.h}
 * for x86-64, {@code asm-generic/unistd.h} for AArch64). A number that is newer than they are is
 * shown as {@code syscall_<number>}.
 *
 * {@snippet :
 * boolean exists = SyscallNames.known().contains("accept4");
 * }
 */
public final class SyscallNames {
  private final Map<Long, String> names;

  private SyscallNames(Map<Long, String> names) {
    this.names = names;
  }

  static SyscallNames of(String architecture) {
    String resource =
        switch (architecture) {
          case "amd64", "x86_64" -> "syscalls-x86_64.txt";
          case "aarch64", "arm64" -> "syscalls-aarch64.txt";
          default ->
              throw ProbeException.inconsistent(
                  "system calls",
                  "their numbers are known for amd64 and aarch64 only: architecture="
                      + architecture);
        };
    return new SyscallNames(parse(resource, lines(resource)));
  }

  /**
   * Tell whether the numbers of an architecture's system calls are known, so that a tracer that
   * shows numbers can be read.
   *
   * @param architecture as the system property {@code os.arch} has it
   * @return true for AMD64 and AArch64, by whatever name
   */
  public static boolean areKnownFor(String architecture) {
    return Set.of("amd64", "x86_64", "aarch64", "arm64").contains(architecture);
  }

  /** {@return the names of all system calls that any supported architecture has} */
  public static SortedSet<String> known() {
    SortedSet<String> known = new TreeSet<>(of("x86_64").names.values());
    known.addAll(of("aarch64").names.values());
    return known;
  }

  private static List<String> lines(String resource) {
    try (InputStream in = SyscallNames.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw ProbeException.incomplete(resource, "a resource of this jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw ProbeException.unreadable(resource, e);
    }
  }

  private static Map<Long, String> parse(String resource, List<String> lines) {
    Map<Long, String> names = new HashMap<>();
    for (Line line : Line.of(resource, lines)) {
      List<String> fields = line.fields(2);
      names.put(line.unsigned(fields.get(0), "number"), fields.get(1));
    }
    return names;
  }

  String of(Line line, long number) {
    if (number > Integer.MAX_VALUE) {
      throw line.malformed("a system call's number");
    }
    return names.getOrDefault(number, "syscall_" + number);
  }
}

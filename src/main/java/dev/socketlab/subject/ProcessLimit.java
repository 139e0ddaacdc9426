package dev.socketlab.subject;

import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.internal.os.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The limit of descriptors of a process and of those that it has started: prlimit(2). */
final class ProcessLimit implements Subject.DescriptorLimit {

  private static final int RLIMIT_NOFILE = 7;

  /**
   * Soft and hard limits that were in force before, by process. A handle knows its process from
   * another one that got its id.
   */
  private final Map<ProcessHandle, long[]> former = new LinkedHashMap<>();

  private ProcessLimit() {}

  static ProcessLimit set(List<Long> processes, long descriptors, UnaryOperator<String> describe) {
    ProcessLimit limit = new ProcessLimit();
    try {
      for (long pid : processes) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
          limit.set(process.get(), descriptors, describe);
        }
      }
      return limit;
    } catch (RuntimeException failure) {
      limit.close();
      throw failure;
    }
  }

  private void set(ProcessHandle process, long descriptors, UnaryOperator<String> describe) {
    long pid = process.pid();
    long[] old = new long[2];
    check(prlimit(pid, MemorySegment.NULL, old), describe);
    if (descriptors < 0 || Long.compareUnsigned(descriptors, old[1]) > 0) {
      throw new IllegalArgumentException(
          "descriptors=%d must be from 0 to the hard limit of pid %d, %s"
              .formatted(descriptors, pid, Long.toUnsignedString(old[1])));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fresh = arena.allocateFrom(ValueLayout.JAVA_LONG, descriptors, old[1]);
      check(prlimit(pid, fresh, new long[2]), describe);
    }
    former.put(process, old);
  }

  private static void check(String refusal, UnaryOperator<String> describe) {
    if (!refusal.isEmpty()) {
      throw new SubjectException(describe.apply("was not limited: " + refusal));
    }
  }

  /** Why it is refused; empty where it is not. */
  private static String prlimit(long pid, MemorySegment fresh, long[] old) {
    if (!OperatingSystem.isLinux()) {
      return "that needs Linux";
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment before = arena.allocate(ValueLayout.JAVA_LONG, 2);
      String refusal = Signals.why(SystemCalls.prlimit(pid, RLIMIT_NOFILE, fresh, before));
      MemorySegment.copy(before, ValueLayout.JAVA_LONG, 0, old, 0, 2);
      return refusal;
    } catch (IllegalCallerException denied) {
      return "foreign functions are denied to this JVM; add --enable-native-access=ALL-UNNAMED";
    }
  }

  @Override
  public void close() {
    try (Arena arena = Arena.ofConfined()) {
      former.forEach((process, old) -> {
        if (process.isAlive()) {
          prlimit(process.pid(), arena.allocateFrom(ValueLayout.JAVA_LONG, old), new long[2]);
        }
      });
    }
    former.clear();
  }
}

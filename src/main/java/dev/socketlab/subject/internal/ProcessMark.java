package dev.socketlab.subject.internal;

import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.internal.os.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A mark that a process hands down to all that it starts, so that one that went to the background
 * is still known as a subject's. It is the soft limit {@code RLIMIT_RSS}, in which no kernel since
 * Linux 2.4.30 sees more than a number (man 2 getrlimit). Fork, exec, setsid and a change of the
 * user keep it, and everybody may read it in {@code /proc/PID/stat}. The parent's id is lost when a
 * parent ends, a session with setsid, and the environment where a server writes its title over it,
 * as nginx and PostgreSQL do.
 *
 * <p>Linux only; elsewhere, and where this JVM has a hard limit of its own, nothing is marked.
 */
public final class ProcessMark {

  /** That of a process that is not to be known as anybody's. */
  static final long NONE = -1; // RLIM_INFINITY

  private static final int RLIMIT_RSS = 5; // asm-generic/resource.h; x86-64 and AArch64
  private static final long KIBIBYTE = 1024;

  /** A shell sets the mark in kibibytes, so it is a multiple of them. */
  private static final long MARKS = 97_000;

  private static final long OF_ONE_RUN = 100_000_000;
  private static final AtomicLong NEXT = new AtomicLong();

  /**
   * What the marks of this JVM begin with: 11 digits, which no other one is likely to draw. Four
   * times a number makes {@code RUN * OF_ONE_RUN} a multiple of 1024.
   */
  static final long RUN = 4 * ThreadLocalRandom.current().nextLong(2_500_000_000L, 23_000_000_000L);

  private ProcessMark() {}

  /** One that no process has yet; eight digits follow those of {@link #RUN}. */
  public static long fresh() {
    return RUN * OF_ONE_RUN + NEXT.getAndIncrement() % MARKS * KIBIBYTE;
  }

  /**
   * Starts a process that has the mark. This JVM has it for that moment, because a limit is
   * inherited; to give it to a process that runs would be too late for what that forked meanwhile.
   * What another thread started at that moment loses it again.
   */
  public static synchronized Process start(ProcessBuilder builder, long mark) throws IOException {
    if (!OperatingSystem.isLinux()) {
      return builder.start();
    }
    if (!ProcessMark.class.getModule().isNativeAccessEnabled()) {
      return startByShell(builder, mark);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment own = arena.allocate(ValueLayout.JAVA_LONG, 2); // soft, hard
      if (own(MemorySegment.NULL, own) != 0 || own.getAtIndex(ValueLayout.JAVA_LONG, 1) != NONE) {
        return builder.start();
      }
      MemorySegment marked = arena.allocate(ValueLayout.JAVA_LONG, 2);
      marked.setAtIndex(ValueLayout.JAVA_LONG, 0, mark);
      marked.setAtIndex(ValueLayout.JAVA_LONG, 1, NONE);
      own(marked, MemorySegment.NULL);
      Process started;
      try {
        started = builder.start();
      } finally {
        own(own, MemorySegment.NULL);
      }
      takeFromOthers(started.pid(), mark, own);
      return started;
    }
  }

  /** Takes the mark from this JVM's other children, and from what they started meanwhile. */
  private static void takeFromOthers(long subject, long mark, MemorySegment own)
      throws IOException {
    boolean found = mark != NONE;
    while (found) {
      found = false;
      for (ProcessHandle bearer : bearers(mark)) {
        if (isBelowThisJvm(bearer, subject)) {
          found |= SystemCalls.prlimit(bearer.pid(), RLIMIT_RSS, own, MemorySegment.NULL) == 0;
        }
      }
    }
  }

  /** Whether one meets this JVM on the way up, and not the subject before. */
  private static boolean isBelowThisJvm(ProcessHandle process, long subject) {
    long self = ProcessHandle.current().pid();
    Optional<ProcessHandle> above = Optional.of(process);
    while (above.isPresent() && above.get().pid() != subject) {
      if (above.get().pid() == self) {
        return true;
      }
      above = above.get().parent();
    }
    return false;
  }

  /**
   * Where foreign functions are denied, or would make the JVM warn: the process is a shell at
   * first, so that a program that does not exist is told by the shell, in the output.
   */
  private static Process startByShell(ProcessBuilder builder, long mark) throws IOException {
    String limit = mark == NONE ? "unlimited" : Long.toString(mark / KIBIBYTE);
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", "ulimit -S -m \"$0\" 2>/dev/null; exec \"$@\"", limit));
    command.addAll(builder.command());
    return builder.command(command).start();
  }

  /** 0, or something else where it is refused. */
  private static int own(MemorySegment fresh, MemorySegment former) {
    return SystemCalls.prlimit(0, RLIMIT_RSS, fresh, former);
  }

  /** The processes that run and have the mark. */
  public static List<ProcessHandle> bearers(long mark) throws IOException {
    List<ProcessHandle> found = new ArrayList<>();
    if (OperatingSystem.isLinux()) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
        for (Path process : processes) {
          if (hasMark(process, mark)) {
            ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                .ifPresent(found::add);
          }
        }
      }
    }
    return found;
  }

  /** The state is field 3 of the file, the soft limit field 25 (man 5 proc). */
  private static boolean hasMark(Path process, long mark) {
    String stat;
    try {
      stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return false; // it has just ended
    }
    String[] fromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return !fromState[0].matches("[ZX]") && fromState[22].equals(Long.toUnsignedString(mark));
  }
}

package dev.socketlab.subject.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the guard is a shell")
class ProcessGuardTest {

  private static final Path LAST_PID = Path.of("/proc/sys/kernel/ns_last_pid");
  private static final int MOST_ATTEMPTS = 200;

  private final List<Process> processes = new ArrayList<>();

  private Process sleep() throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    processes.add(process);
    return process;
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
  }

  private static void guard(String lines) throws Exception {
    Process guard = ProcessGuard.shell();
    try (Writer pipe = guard.outputWriter()) {
      pipe.write(lines);
    }
    assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsGuardedEndsWithTheJvmAndWhatIsReleasedDoesNot() throws Exception {
    Process guarded = sleep();
    Process released = sleep();
    guard(
        "guard %d\nguard %d\nguard 1\nrelease %d\nrelease 1\n"
            .formatted(released.pid(), guarded.pid(), released.pid()));
    assertThat(guarded.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(released.isAlive()).isTrue();
  }

  @Test
  void aGroupIsRemovedWithTheJvm(@TempDir Path folder) throws Exception {
    Path group = Files.createDirectory(folder.resolve("a group"));
    guard("group %s\n".formatted(group));
    assertThat(group).doesNotExist();
  }

  /** The pid of a subject that ended by itself is free for any other process. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lets a test choose a pid")
  void anotherProcessThatHasGotThePidIsNotKilled() throws Exception {
    assumeTrue(mayChoosePids(), "the test chooses a pid, which takes root");
    Process subject = sleep();
    Process other;
    Process guard = ProcessGuard.shell();
    try (Writer pipe = guard.outputWriter()) {
      pipe.write("guard " + subject.pid() + "\n");
      pipe.flush();
      Awaitility.await().until(() -> hasRead(guard));
      subject.destroyForcibly().waitFor();
      other = takePid(subject.pid());
    }
    assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(other.waitFor(200, TimeUnit.MILLISECONDS)).as("was killed").isFalse();
  }

  /** The shell waits for the next line again, and no child of it runs. */
  private static boolean hasRead(Process guard) throws IOException {
    return guard.children().findAny().isEmpty()
        && Files.readString(Path.of("/proc", Long.toString(guard.pid()), "wchan")).contains("pipe");
  }

  /** The file's mode lets everybody write it, and the kernel only who may restore checkpoints. */
  private static boolean mayChoosePids() {
    try {
      Files.writeString(LAST_PID, Files.readString(LAST_PID).strip());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private Process takePid(long pid) throws Exception {
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      Files.writeString(LAST_PID, Long.toString(pid - 1));
      Process candidate = sleep();
      if (candidate.pid() == pid) {
        return candidate;
      }
      candidate.destroyForcibly().waitFor();
    }
    assumeTrue(false, "others took the pid " + pid + " each time");
    throw new AssertionError();
  }
}

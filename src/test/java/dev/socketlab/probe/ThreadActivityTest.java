package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.testkit.Capture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadActivityTest {

  private static final Capture STATUS = Capture.of("linux-6.18-task-status.txt");

  private static ThreadActivity plus(Capture status) {
    return new ThreadActivity(0, 0, 0).plus(new TaskStatus(status.name(), status.lines()));
  }

  @Test
  void aThreadThatSleepsIsAsleep() {
    assertThat(plus(STATUS).allAsleep()).isTrue();
    assertThat(plus(STATUS).switches()).isPositive();
  }

  @Test
  void aThreadThatRunsOrIsStoppedByATracerIsNot() {
    assertThat(plus(STATUS.withLine(3, "State:\tR (running)")).allAsleep()).isFalse();
    assertThat(plus(STATUS.withLine(3, "State:\tt (tracing stop)")).allAsleep()).isFalse();
  }

  @Test
  void threadsAreAddedUp() {
    Capture process = Capture.of("linux-6.18-pid-status.txt");
    TaskStatus status = new TaskStatus(process.name(), process.lines());
    assertThat(new ThreadActivity(1, 0, 5).plus(status)).isEqualTo(new ThreadActivity(2, 1, 8));
  }

  @Test
  void theLetterOfAStateIsEnough() {
    assertThat(plus(STATUS.withLine(3, "State:\tS")).allAsleep()).isTrue();
    assertThatThrownBy(() -> plus(STATUS.withLine(3, "State:")))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("State, a letter and its meaning");
  }

  @Test
  void aStateThatIsNoLetterIsAnError() {
    assertThatThrownBy(() -> plus(STATUS.withLine(3, "State:\tsleeping")))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("State, a letter and its meaning");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsAreChosenByTheirNames() throws Exception {
    CountDownLatch named = new CountDownLatch(1); // by the thread itself, before it runs this
    CountDownLatch looked = new CountDownLatch(1);
    FutureTask<?> stay =
        new FutureTask<>(() -> {
          named.countDown();
          looked.await();
          return null;
        });
    Thread thread = Thread.ofPlatform().name("looked-at").start(stay);
    try {
      named.await();
      long pid = ProcessHandle.current().pid();
      assertThat(ThreadActivity.read(pid, "looked-at"::equals).threads()).isEqualTo(1);
      assertThat(ThreadActivity.read(pid).threads()).isGreaterThan(1);
      assertThatThrownBy(() -> ThreadActivity.read(pid, "nobody"::equals))
          .isInstanceOf(ProbeException.class)
          .hasMessageContaining("of those asked for");
    } finally {
      looked.countDown();
      thread.join();
    }
  }
}

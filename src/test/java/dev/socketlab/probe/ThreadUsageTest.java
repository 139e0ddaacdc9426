package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.probe.internal.Line;
import dev.socketlab.testkit.Capture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadUsageTest {
  private static final ThreadUsage.Counters CAPTURED =
      ThreadUsage.Counters.parse(
          TaskStat.parse("stat", Capture.of("linux-6.18-task-stat.txt").lines().getFirst()),
          new TaskStatus("status", Capture.of("linux-6.18-task-status.txt").lines()),
          Capture.of("linux-6.18-task-schedstat.txt").numbered().getFirst());

  @Test
  void threadIsReadFromItsThreeFiles() {
    assertThat(CAPTURED)
        .isEqualTo(
            new ThreadUsage.Counters(17142, "a) b (c", 180148, 0, 0, 206098, 2408120, 2, 2, 0));
  }

  @Test
  void oddSchedstatThrows() {
    TaskStat stat = TaskStat.parse("x", Capture.of("linux-6.18-task-stat.txt").lines().getFirst());
    TaskStatus status = new TaskStatus("x", Capture.of("linux-6.18-task-status.txt").lines());

    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(
            () -> ThreadUsage.Counters.parse(stat, status, new Line("schedstat", 1, "206098 2")))
        .withMessageContaining("3 fields, found 2");
  }

  @Test
  void bornAndExitedThreadsAreAccountedForOneByOne() {
    ThreadUsage before = snapshot(thread(1, 10, 100), thread(2, 20, 500));
    ThreadUsage after = snapshot(thread(1, 10, 130), thread(3, 30, 7));

    ThreadUsage.Delta delta = after.since(before);

    assertThat(delta.survived()).containsExactly(thread(1, 10, 30));
    assertThat(delta.born()).containsExactly(thread(3, 30, 7));
    assertThat(delta.exited()).containsExactly(thread(2, 20, 500));
    assertThat(delta.isLowerBound()).isTrue();
    assertThat(snapshot(thread(1, 10, 130)).since(before).isLowerBound()).isTrue();
    assertThat(after.since(snapshot(thread(1, 10, 100))).isLowerBound()).isFalse();
    assertThat(delta.total()).isEqualTo(new ThreadUsage.Group(2, 37, 37, 37, 37, 37, 37));
  }

  @Test
  void threadIdInUseAgainIsAnotherThread() {
    ThreadUsage.Delta delta = snapshot(thread(2, 99, 5)).since(snapshot(thread(2, 20, 500)));

    assertThat(delta.survived()).isEmpty();
    assertThat(delta.born()).hasSize(1);
    assertThat(delta.exited()).hasSize(1);
  }

  @Test
  void counterThatWentBackwardsThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> snapshot(thread(1, 10, 5)).since(snapshot(thread(1, 10, 6))))
        .withMessageContaining("counter went backwards: counter=user ticks, before=6, after=5");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> thread(1, 10, 5).since(thread(1, 11, 5)))
        .withMessageContaining("not the same thread");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> snapshot().since(new ThreadUsage(8, List.of())))
        .withMessageContaining("not the same process: before=8, after=7");
  }

  @Test
  void sumsByRoleLeaveNoThreadOut() {
    ThreadUsage.Delta delta = snapshot(thread(1, 1, 1), CAPTURED).since(snapshot());
    ThreadRoles roles = ThreadRoles.ofJvm().firstRule(ThreadRoles.Role.SERVING, "a\\).*");

    assertThat(delta.byRole(roles).keySet()).containsExactly(ThreadRoles.Role.values());
    assertThat(delta.byRole(roles).get(ThreadRoles.Role.SERVING))
        .extracting("runNs")
        .isEqualTo(206098L);
    assertThat(delta.byRole(roles).values().stream().mapToLong(ThreadUsage.Group::threads).sum())
        .isEqualTo(2);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void missingProcessThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ThreadUsage.read(Integer.MAX_VALUE))
        .withMessageStartingWith("cannot read: source=/proc/2147483647/task");
  }

  private static ThreadUsage snapshot(ThreadUsage.Counters... threads) {
    return new ThreadUsage(7, List.of(threads));
  }

  private static ThreadUsage.Counters thread(long tid, long start, long used) {
    return new ThreadUsage.Counters(tid, "worker", start, used, used, used, used, used, used, used);
  }
}

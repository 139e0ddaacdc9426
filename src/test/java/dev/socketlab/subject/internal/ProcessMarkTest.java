package dev.socketlab.subject.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessMarkTest {

  private static final int ROUNDS = 30;

  private final Map<Long, Process> subjects = new LinkedHashMap<>();
  private final List<Process> others = new ArrayList<>();

  @AfterEach
  void endAll() {
    others.forEach(Process::destroyForcibly);
    subjects.values().forEach(Process::destroyForcibly);
  }

  private static ProcessBuilder sleep() {
    return new ProcessBuilder("sleep", "60");
  }

  /** Otherwise what a user starts beside a subject would be ended with the subject. */
  @Test
  void whatAnotherThreadStartsAtThatMomentHasNoMark() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    for (int n = 0; n < ROUNDS; n++) {
      FutureTask<Process> other =
          new FutureTask<>(() -> {
            together.await();
            return sleep().start();
          });
      Thread.ofPlatform().start(other);
      long mark = ProcessMark.fresh();
      together.await();
      subjects.put(mark, ProcessMark.start(sleep(), mark));
      others.add(other.get());
    }
    for (Map.Entry<Long, Process> subject : subjects.entrySet()) {
      assertThat(ProcessMark.bearers(subject.getKey()))
          .extracting(ProcessHandle::pid)
          .containsExactly(subject.getValue().pid());
    }
  }
}

package dev.socketlab.subject;

import dev.socketlab.internal.os.TimeOut;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Processes that are stopped and go on later. SIGSTOP is on its way when kill(2) returns: each
 * thread stops when it next leaves the kernel, and until then may accept one more connection. So
 * the states of all threads are looked at, until two looks see the same threads, all stopped, and
 * no process that is not among them.
 */
final class Pause {

  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

  /** Stopped, stopped under a tracer, a zombie, dead. */
  private static final String AT_REST = "TtZX";

  /** For a moment, a tracer shows a thread like that at each of its system calls, too. */
  private static final char TRACED = 't';

  private static final int LOOKS_AT_TRACED = 20;

  private final Set<Long> stopped = new LinkedHashSet<>();

  /** Stops them; does nothing between a beginning and an end. */
  void begin(Supplier<List<Long>> processes, UnaryOperator<String> describe) {
    if (!stopped.isEmpty()) {
      return;
    }
    Map<String, Character> before = new TreeMap<>();
    AtomicInteger equalLooks = new AtomicInteger();
    try {
      Awaitility.await()
          .pollInSameThread()
          .pollDelay(Duration.ZERO)
          .pollInterval(BETWEEN_LOOKS)
          .atMost(TimeOut.scaled(STOPPED_WITHIN))
          .until(() -> {
            boolean fresh = stopNewOnes(processes.get(), describe);
            Map<String, Character> now = threads();
            boolean atRest = now.values().stream().allMatch(Pause::isAtRest);
            int equal = now.equals(before) ? equalLooks.incrementAndGet() : 0;
            equalLooks.set(equal);
            before.clear();
            before.putAll(now);
            return !fresh && atRest && equal >= (now.containsValue(TRACED) ? LOOKS_AT_TRACED : 1);
          });
    } catch (ConditionTimeoutException timeout) {
      before.values().removeIf(Pause::isAtRest);
      end();
      throw new SubjectException(
          describe.apply(
              "was paused and is not at rest after %d ms: threads and states %s"
                  .formatted(TimeOut.scaled(STOPPED_WITHIN).toMillis(), before)),
          timeout);
    } catch (RuntimeException | Error failure) {
      end();
      throw failure;
    }
  }

  private static boolean isAtRest(char state) {
    return AT_REST.indexOf(state) >= 0;
  }

  /** A parent comes before its children, and forks no more when it is stopped. */
  private boolean stopNewOnes(List<Long> processes, UnaryOperator<String> describe) {
    boolean fresh = false;
    for (long pid : processes) {
      if (stopped.add(pid)) {
        fresh = true;
        String refusal = Signals.send(pid, Signals.STOP);
        if (!refusal.isEmpty() && Files.exists(process(pid))) {
          throw new SubjectException(describe.apply("cannot be paused: " + refusal));
        }
      }
    }
    return fresh;
  }

  private Map<String, Character> threads() {
    Map<String, Character> states = new TreeMap<>();
    for (long pid : stopped) {
      for (Path task : tasks(process(pid))) {
        try {
          String stat = Files.readString(task.resolve("stat"));
          states.put(pid + "/" + task.getFileName(), stat.charAt(stat.lastIndexOf(')') + 2));
        } catch (IOException _) {
          // It has ended.
        }
      }
    }
    return states;
  }

  private static List<Path> tasks(Path process) {
    List<Path> tasks = new ArrayList<>();
    try (DirectoryStream<Path> listed = Files.newDirectoryStream(process.resolve("task"))) {
      listed.forEach(tasks::add);
    } catch (IOException | DirectoryIteratorException _) {
      // It has ended.
    }
    return tasks;
  }

  private static Path process(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /** Lets them go on; one that has ended meanwhile does not matter. */
  void end() {
    stopped.forEach(pid -> Signals.send(pid, Signals.CONT));
    stopped.clear();
  }
}

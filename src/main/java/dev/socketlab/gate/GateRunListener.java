package dev.socketlab.gate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Ends a run with the table of gates, and fails it where nothing ran or a demanded gate was never
 * checked: a run that did nothing must not pass. JUnit finds this listener through the service
 * loader.
 *
 * <p>An empty run is refused where the system property {@code socketlab.refuse-empty-run} is true,
 * which a build sets for its experiments alone: in other test runs "nothing selected" is normal.
 *
 * <pre>{@code
 * gates  experiment  gate  state     why
 * gates  redis-get   os    closed    needs Linux, this is Mac OS X
 * }</pre>
 */
public final class GateRunListener implements LauncherSessionListener {

  private static final String REFUSE_EMPTY = "socketlab.refuse-empty-run";

  private final AtomicInteger seen = new AtomicInteger();

  /** Called by the service loader. */
  public GateRunListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session
        .getLauncher()
        .registerTestExecutionListeners(
            new TestExecutionListener() {
              @Override
              public void executionSkipped(TestIdentifier test, String reason) {
                seen.incrementAndGet();
              }

              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                  seen.incrementAndGet();
                }
              }
            });
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    GateLedger ledger =
        session
            .getStore()
            .get(Namespace.create(GateLedger.class), GateLedger.class, GateLedger.class);
    List<String> table = ledger == null ? List.of() : ledger.table();
    table.forEach(line -> System.out.println("gates  " + line));
    List<GateCheck> checks = ledger == null ? List.of() : ledger.checks();
    judge(seen.get(), checks, StrictMode.parse(System.getProperty(StrictMode.KEY, "")));
  }

  /** Throws where the run must not pass; an exception here is what a build sees. */
  private static void judge(int seen, List<GateCheck> checks, StrictMode strict) {
    if (!Boolean.getBoolean(REFUSE_EMPTY)) {
      return;
    }
    if (seen == 0) {
      throw new EmptyRunException(
          "nothing was selected: groups="
              + System.getProperty("groups", "(none)")
              + "; the tags here are "
              + String.join(", ", KnownTags.onTheClassPath()));
    }
    Set<String> checked =
        checks.stream().map(GateCheck::gate).collect(Collectors.toCollection(TreeSet::new));
    Set<String> unchecked = new TreeSet<>(strict.demanded());
    unchecked.remove(StrictMode.ALL);
    unchecked.removeAll(checked);
    if (!unchecked.isEmpty()) {
      throw new EmptyRunException(
          StrictMode.KEY
              + " names "
              + unchecked
              + ", but no experiment in this run has such a gate;"
              + " gates checked: "
              + checked);
    }
  }

  /** Says in one line why a run that did nothing fails. */
  private static final class EmptyRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EmptyRunException(String message) {
      super(message, null, false, false);
    }
  }
}

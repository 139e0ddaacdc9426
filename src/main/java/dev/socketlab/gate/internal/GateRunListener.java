package dev.socketlab.gate.internal;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Ends a run with the table of gates. Where {@code socketlab.refuse-empty-run} is true, it also
 * fails a run in which nothing ran or a demanded gate was never checked: a run that did nothing
 * must not pass. A build sets that for its experiments alone: in other test runs "nothing selected"
 * is normal. Both it and {@code socketlab.require} are read as JUnit's configuration has them.
 * {@link RequirementsListener}, which JUnit finds through the service loader, hands the session on.
 *
 * {@snippet lang="text" :
 * gates  experiment  gate  state     why
 * gates  redis-get   os    closed    needs Linux, this is Mac OS X
 * }
 */
public final class GateRunListener implements LauncherSessionListener {

  private static final String REFUSE_EMPTY = "socketlab.refuse-empty-run";

  private final AtomicInteger seen = new AtomicInteger();
  private volatile @Nullable ConfigurationParameters configuration;

  public GateRunListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session
        .getLauncher()
        .registerTestExecutionListeners(
            new TestExecutionListener() {
              @Override
              public void testPlanExecutionStarted(TestPlan plan) {
                configuration = plan.getConfigurationParameters();
              }

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
    // Where Maven's own JVM is too old for the test classes, Surefire lists them in another one
    // that
    // executes nothing: no run to judge. A run that selects nothing is executed all the same.
    ConfigurationParameters parameters = configuration;
    if (parameters != null && parameters.getBoolean(REFUSE_EMPTY).orElse(false)) {
      judge(seen.get(), checks, StrictMode.parse(parameters.get(StrictMode.KEY).orElse("")));
    }
  }

  /** Throws where the run must not pass; an exception here is what a build sees. */
  private static void judge(int seen, List<GateCheck> checks, StrictMode strict) {
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

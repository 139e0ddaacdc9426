package dev.socketlab.gate.internal;

import dev.socketlab.gate.GateFinding;

/**
 * One line of the table of gates: who needed what, and what was found.
 *
 * {@snippet :
 * GateLedger.of(context).checks().stream()
 *     .filter(GateCheck::failsTheRun)
 *     .map(GateCheck::describe)
 *     .forEach(System.out::println);
 * }
 *
 * @param experiment the experiment, or the test class where there is none
 * @param gate the gate's name
 * @param finding open or closed, with the reason
 * @param strict whether this run demands that the gate be open
 */
public record GateCheck(String experiment, String gate, GateFinding finding, boolean strict) {

  /**
   * Whether this check makes the run fail.
   *
   * @return true for a gate that is closed and demanded
   */
  public boolean failsTheRun() {
    return strict && !finding.open();
  }

  /**
   * Says what is closed and why, on one line.
   *
   * @return for instance {@code strace is closed: not found on PATH}
   */
  public String describe() {
    return gate + " is " + (finding.open() ? "open: " : "closed: ") + finding.reason();
  }

  /**
   * Fails the run where this gate is closed and demanded.
   *
   * @throws GateClosedException with the reason
   */
  public void failIfDemanded() {
    if (failsTheRun()) {
      failIfClosed(StrictMode.KEY);
    }
  }

  /**
   * Fails the run where this gate is closed.
   *
   * @param demandedBy the setting that demands the gate
   * @throws GateClosedException with the reason
   */
  public void failIfClosed(String demandedBy) {
    if (!finding.open()) {
      throw new GateClosedException(
          "demanded by " + demandedBy + ", but " + describe() + " (" + experiment + ")");
    }
  }
}

package dev.socketlab.artifact;

import dev.socketlab.artifact.internal.Require;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One mechanism that an experiment asserts, and what the run found out about it.
 *
 * {@snippet :
 * boolean holds =
 *     artifact.mechanisms().stream().allMatch(m -> m.verdict() == Verdict.HOLDS);
 * }
 *
 * @param number the number under which text and documentation refer to the mechanism, from 1
 * @param statement what is claimed, as one sentence, independent of this run
 * @param verdict what this run found out
 * @param detail the numbers or the reason; may be empty for a mechanism that holds, and only then
 */
@API(status = Status.MAINTAINED, since = "0.1")
public record MechanismVerdict(int number, String statement, Verdict verdict, String detail) {
  /** Check that the mechanism is numbered, stated and, unless it holds, explained. */
  public MechanismVerdict {
    if (number < 1) {
      throw new IllegalArgumentException("mechanisms are numbered from 1: number=" + number);
    }
    Require.text(statement, "the statement of mechanism " + number);
    if (verdict != Verdict.HOLDS) {
      Require.text(detail, "the reason why mechanism " + number + " is " + verdict.label());
    }
  }

  /**
   * Record a mechanism that held; the detail gives the numbers that show it.
   *
   * @param number the number of the mechanism, from 1
   * @param statement what is claimed, as one sentence
   * @param detail what was seen, or why
   * @return the verdict
   */
  public static MechanismVerdict holds(int number, String statement, String detail) {
    return new MechanismVerdict(number, statement, Verdict.HOLDS, detail);
  }

  /**
   * Record a mechanism that did not hold; the detail says what was seen instead.
   *
   * @param number the number of the mechanism, from 1
   * @param statement what is claimed, as one sentence
   * @param detail what was seen, or why
   * @return the verdict
   */
  public static MechanismVerdict failed(int number, String statement, String detail) {
    return new MechanismVerdict(number, statement, Verdict.FAILED, detail);
  }

  /**
   * Record a mechanism that this run could not resolve; the detail says why.
   *
   * @param number the number of the mechanism, from 1
   * @param statement what is claimed, as one sentence
   * @param detail what was seen, or why
   * @return the verdict
   */
  public static MechanismVerdict inconclusive(int number, String statement, String detail) {
    return new MechanismVerdict(number, statement, Verdict.INCONCLUSIVE, detail);
  }

  /**
   * Record a mechanism that was not tested; the detail names the closed gate.
   *
   * @param number the number of the mechanism, from 1
   * @param statement what is claimed, as one sentence
   * @param detail what was seen, or why
   * @return the verdict
   */
  public static MechanismVerdict notRun(int number, String statement, String detail) {
    return new MechanismVerdict(number, statement, Verdict.NOT_RUN, detail);
  }
}

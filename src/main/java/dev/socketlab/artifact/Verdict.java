package dev.socketlab.artifact;

import java.util.Collection;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Say what a run found out about a mechanism, or about all of its mechanisms together.
 *
 * {@snippet :
 * boolean publishable = Verdict.overall(artifact.mechanisms()) == Verdict.HOLDS;
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public enum Verdict {
  /** The run tested the mechanism and it held. */
  HOLDS("HOLDS"),
  /** The run tested the mechanism and it did not hold; the build is red. */
  FAILED("FAILED"),
  /** It held, but a control that should make it fail did not; the build is red. */
  VACUOUS("VACUOUS"),
  /** The run tested the mechanism and could not resolve it; never counted as holding. */
  INCONCLUSIVE("INCONCLUSIVE"),
  /** The run found something out of which neither answer is wrong; it counts neither way. */
  NOTE("NOTE"),
  /** The run did not test the mechanism, because a gate was closed. */
  NOT_RUN("NOT RUN");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  /** {@return the word or words that a text artifact shows} */
  public String label() {
    return label;
  }

  /**
   * Derive the verdict of a whole run: failed if anything failed, else vacuous if anything is
   * vacuous, else inconclusive if anything is inconclusive, else holding if anything held.
   * Mechanisms that were not run, and notes, never make a run hold; where there is nothing else, it
   * is a {@link #NOTE} or {@link #NOT_RUN}.
   *
   * @param mechanisms the mechanisms of the run
   * @return the run's verdict
   */
  public static Verdict overall(Collection<MechanismVerdict> mechanisms) {
    for (Verdict strongest : new Verdict[] {FAILED, VACUOUS, INCONCLUSIVE, HOLDS, NOTE}) {
      if (mechanisms.stream().anyMatch(mechanism -> mechanism.verdict() == strongest)) {
        return strongest;
      }
    }
    return NOT_RUN;
  }
}

package dev.socketlab.experiment;

import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One trial: which method, at which levels, and its number. Given to a {@link Trials} method that
 * has a parameter of this type.
 *
 * {@snippet :
 * @Trials(5)
 * void load(@Factor("clients") int clients, Trial trial, Lab lab) {
 *   trial.result(clients + " clients, trial " + trial.number() + " of " + trial.of());
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class Trial {

  private final String name;
  private final List<String> levels;
  private final int number;
  private final int of;
  private String result = "";

  Trial(String name, List<String> levels, int number, int of) {
    this.name = name;
    this.levels = levels;
    this.number = number;
    this.of = of;
  }

  /**
   * The method and its levels.
   *
   * @return for instance {@code stalled small}
   */
  public String name() {
    return name;
  }

  /** The levels of its factors, as they are shown. */
  List<String> levels() {
    return levels;
  }

  /**
   * The trial's number within its combination of levels.
   *
   * @return 1 to {@link #of()}
   */
  public int number() {
    return number;
  }

  /**
   * How many trials each combination of levels gets.
   *
   * @return at least 1
   */
  public int of() {
    return of;
  }

  /**
   * Says the trial's result in a few words, for the line of progress.
   *
   * @param words for instance {@code lost 12,318 of 14,820}
   */
  public void result(String words) {
    this.result = words;
  }

  String result() {
    return result;
  }

  /** The display name of the test invocation. */
  @Override
  public String toString() {
    return name + ", trial " + number + " of " + of;
  }
}

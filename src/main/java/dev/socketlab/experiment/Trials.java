package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A method that makes one observation, run once for each combination of its factors' levels and
 * each trial, as a test invocation of its own. Trials are interleaved over the levels, so that a
 * drift of the machine does not favour one of them.
 *
 * <p>Parameters: at most one {@link Trial}, at most one {@link Lab}, and one parameter for each
 * factor, annotated with {@link Factor}.
 *
 * {@snippet :
 * static final Parameter<Integer> TRIALS = Parameter.integer("redis.trials", 4, 1, 100);
 *
 * @Trials(parameter = "redis.trials")
 * void get(@Factor("payloads") int payloadBytes, Trial trial, Lab lab) { ... }
 *
 * List<Integer> payloads() { return List.of(16, 1024); }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(TrialsProvider.class)
public @interface Trials {

  /**
   * How many trials each combination of levels gets.
   *
   * @return at least 1; ignored where {@link #parameter()} is given
   */
  int value() default 1;

  /**
   * The key of a declared integer {@link Parameter} that holds the number of trials.
   *
   * @return a key, or empty to use {@link #value()}
   */
  String parameter() default "";

  /**
   * The key of a declared {@link Parameter#longInteger} that seeds the order of the levels: each
   * round of trials takes the combinations in another random order, so that neither a drift nor
   * what ran before favours one of them. The seed stands among the artifact's parameters.
   *
   * @return a key, or empty to take the levels in the order in which they are given
   */
  String orderSeed() default "";

  /**
   * Whether a trial that is invalid leaves the others valid. If so, it is a failed test that is
   * named in the artifact with its reason, the other trials go on, and the artifact is published as
   * PARTIAL: no mechanism can hold in it, one that would is INCONCLUSIVE. For sweeps over subjects
   * of which one may break, where the figures of the others are worth having.
   *
   * @return true for trials that say nothing about each other
   */
  boolean independent() default false;
}

package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Makes a test class an experiment: a JUnit integration test that starts real processes, drives
 * real sockets, reads the kernel's own counters, asserts mechanisms, and leaves an artifact that
 * says what it shows and what it does not.
 *
 * {@snippet :
 * @Tag("redis-get")
 * @Experiment(
 *     title = "what one GET asks of the kernel",
 *     shows = "the number of read and write calls that redis makes for one GET",
 *     doesNotShow = "how long a GET takes")
 * @RequiresLinux
 * class RedisGetExperiment {
 *
 *   @Trials(4)
 *   void get(Lab lab, Trial trial) { ... observe, and keep the observation in a field ... }
 *
 *   @Mechanism("one read and one write for each GET")
 *   void oneReadOneWrite() { assertThat(observations)... }
 *
 *   @AfterAll
 *   void report(Lab lab) { lab.report().table(...); }
 * }
 * }
 *
 * <p>The life of an experiment: gates are checked, parameters are read, provenance is captured;
 * then the {@link Trials} run, then plain {@code @Test} methods, then the {@link Mechanism
 * mechanisms}; the class's own {@code @AfterAll} fills the report; the artifact is published; every
 * subject has been ended by then. One instance of the class serves the whole run, so observations
 * are kept in plain fields.
 *
 * <p>An outcome is a verdict: a mechanism or test that passes HOLDS, one that fails with an {@link
 * AssertionError} is FAILED, one that is aborted (see {@link Inconclusive}) is INCONCLUSIVE, one
 * that is skipped is NOT RUN. Anything else that is thrown makes the run invalid: the rest is
 * skipped, the build is red, no artifact is written, and the previous one stays as it is. The same
 * holds for a run in which not every trial and mechanism was selected, which is not red.
 *
 * <p>The experiment's name is its JUnit {@code @Tag}. The tag must stand on the class (or on an
 * annotation of one's own that carries both), because JUnit reads tags from {@code @Tag} alone and
 * an annotation cannot pass one on from an attribute.
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ExperimentExtension.class, ThreadInterceptor.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(LifeOfAnExperiment.class)
@DisplayNameGeneration(ExperimentNames.class)
@Execution(ExecutionMode.SAME_THREAD)
@Isolated("an experiment measures a machine that nothing else should be using")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
public @interface Experiment {

  /**
   * The experiment's name; needed only where the class has several tags, and then one of them.
   *
   * @return one of the class's tags, or empty for the only tag
   */
  String name() default "";

  /**
   * One line that says what the artifact is about.
   *
   * @return the artifact's title
   */
  String title();

  /**
   * The base name of the artifact's files.
   *
   * @return a file name without extension, or empty for the experiment's name with underscores
   */
  String artifact() default "";

  /**
   * What the results show.
   *
   * @return one statement each, at least one
   */
  String[] shows();

  /**
   * What the results do not show, although a reader might think so.
   *
   * @return one statement each, at least one
   */
  String[] doesNotShow();
}

package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Makes a class a control: a mutant of the experiment that it extends and is nested in. It breaks
 * one thing, by overriding a method, and says which mechanisms must notice.
 *
 * {@snippet :
 * @Control(value = "connects twice for each request", fails = "oneConnectionForEachRequest")
 * static class ConnectsTwice extends WebConnectionsExperiment {
 *   @Override
 *   void request(Subject server) throws IOException {
 *     super.request(server);
 *     super.request(server);
 *   }
 * }
 * }
 *
 * <p>When the experiment's own mechanisms are done, the framework runs each of its controls: the
 * same trials but for {@link #trials}, the same mechanisms, with the same parameters but for {@link
 * #with}. Exactly the mechanisms in {@link #fails} must be FAILED. Where they are not, they are
 * VACUOUS, because it is not shown that they can fail, and the build is red. What a control
 * publishes stays in the experiment's output folder. {@code socketlab.controls} = {@code skip}
 * leaves controls out, and the artifact says so.
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Control {

  /**
   * What the mutant does.
   *
   * @return a few words, shown in the artifact
   */
  String value();

  /**
   * The mechanisms that must fail.
   *
   * @return names of methods: of mechanisms, or of trials with {@link SyscallsPerOperation}; none
   *     only with {@link #invalidates}
   */
  String[] fails();

  /**
   * For a mutant that makes the whole run invalid: what the error must say. No artifact may be
   * written then. Where that is missed, no mechanism can be believed, and all are VACUOUS.
   *
   * @return a part of the first line of the error, or empty
   */
  String invalidates() default "";

  /**
   * The mechanisms that may fail as well, for instance because timing decides it.
   *
   * @return names of methods
   */
  String[] mayFail() default {};

  /**
   * Parameters of the experiment that have another value in the control, usually to make it short.
   *
   * @return for instance {@code socketlab.stress.orders=500}
   */
  String[] with() default {};

  /**
   * The trials that the control runs, to make it short. The mechanisms then see the observations of
   * these alone.
   *
   * @return names of methods with {@link Trials}; none for all of them
   */
  String[] trials() default {};
}

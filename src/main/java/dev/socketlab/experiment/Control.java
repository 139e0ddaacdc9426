package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class a control: a saboteur of the experiment that it extends and is nested in. It breaks
 * one thing, by overriding a method, and says which mechanisms must notice.
 *
 * <pre>{@code
 * @Control(value = "connects twice for each request", fails = "oneConnectionForEachRequest")
 * static class ConnectsTwice extends WebConnectionsExperiment {
 *   @Override
 *   void request(Subject server) throws IOException {
 *     super.request(server);
 *     super.request(server);
 *   }
 * }
 * }</pre>
 *
 * <p>When the experiment's own mechanisms are done, the framework runs each of its controls: the
 * same trials and mechanisms, with the same parameters but for {@link #with}. Exactly the
 * mechanisms in {@link #fails} must be FAILED. Where they are not, they are VACUOUS, because it is
 * not shown that they can fail, and the build is red. What a control publishes stays in the
 * experiment's output folder. {@code socketlab.controls} = {@code skip} leaves controls out, and
 * the artifact says so.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Control {

  /**
   * What the saboteur does.
   *
   * @return a few words, shown in the artifact
   */
  String value();

  /**
   * The mechanisms that must fail.
   *
   * @return names of methods: of mechanisms, or of trials with {@link SyscallsPerOperation}
   */
  String[] fails();

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
}

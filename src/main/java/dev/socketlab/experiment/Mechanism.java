package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A test that asserts one mechanism over the observations of all trials. Mechanisms run after the
 * last trial, in the order of JUnit's {@code @Order}, and only if every trial was valid. State a
 * relation that holds in every valid run; report, rather than assert, what merely happens usually.
 *
 * <pre>{@code
 * @Mechanism("one connection accepted for each request")
 * @Order(1)
 * void oneConnectionForEachRequest(Lab lab) {
 *   assertThat(accepted).isEqualTo(requests);
 *   lab.evidence(accepted + " of " + requests);
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
public @interface Mechanism {

  /**
   * The mechanism as one sentence; the test's display name and the artifact's line.
   *
   * @return for instance {@code the books balance in every trial}
   */
  String value();
}

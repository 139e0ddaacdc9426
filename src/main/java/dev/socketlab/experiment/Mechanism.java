package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that asserts one mechanism over the observations of all trials. Mechanisms run after the
 * last trial, in the order of JUnit's {@code @Order}, and only if every trial was valid. State a
 * relation that holds in every valid run; report, rather than assert, what merely happens usually.
 *
 * {@snippet :
 * @Mechanism("one connection accepted for each request")
 * @Order(1)
 * void oneConnectionForEachRequest(Lab lab) {
 *   assertThat(accepted).isEqualTo(requests);
 *   lab.evidence(accepted + " of " + requests);
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(MechanismCondition.class)
public @interface Mechanism {

  /**
   * The mechanism as one sentence; the test's display name and the artifact's line.
   *
   * @return for instance {@code the ledger balances in every trial}
   */
  String value();
}

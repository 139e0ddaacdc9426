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
 * A method that asserts several mechanisms, one after the other: each of them is a test, and a
 * verdict, of its own, as one with {@link Mechanism} is. For statements that are known at run time
 * only. What a mechanism needs to observe it may observe itself.
 *
 * {@snippet :
 * @Mechanisms("laws")
 * void law(Law law, Lab lab) { ... }
 *
 * List<Law> laws() { return List.of(Law.values()); }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(MechanismsProvider.class)
public @interface Mechanisms {

  /**
   * The method that gives the mechanisms: {@code NAME()} or {@code NAME(Lab)}, which returns a
   * collection. What {@code toString} of an element says is the mechanism's statement, and the
   * element is given to the method's one parameter of its type.
   *
   * @return the name of a method of the class
   */
  String value();
}

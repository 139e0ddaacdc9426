package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A parameter of a {@link Trials} method that takes each level of a factor in turn. A level is
 * shown as its {@code toString()}.
 *
 * {@snippet :
 * @Trials
 * void get(@Factor("payloads") int payloadBytes, @Factor Transport transport) { ... }
 *
 * List<Integer> payloads() {
 *   return List.of(16, 1024);
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Factor {

  /**
   * The method that gives the levels: of the same class, returning a collection, and taking nothing
   * or the {@link Lab}. Empty stands for all constants of the parameter's own enum type.
   *
   * @return the method's name, or empty
   */
  String value() default "";
}

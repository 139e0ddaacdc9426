package dev.socketlab.gate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The experiment needs a program on the search path, for instance {@code strace}, and is skipped
 * where it is missing. The gate's name is the program's.
 *
 * {@snippet :
 * @RequiresTool("redis-server")
 * class RedisGetExperiment { ... }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresTool.All.class)
@Gate(ToolDetector.class)
public @interface RequiresTool {

  /**
   * The program's name.
   *
   * @return a name without a directory, for instance {@code strace}
   */
  String value();

  /** Holds several {@link RequiresTool} on one element. */
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /**
     * The programs.
     *
     * @return one annotation for each program
     */
    RequiresTool[] value();
  }
}

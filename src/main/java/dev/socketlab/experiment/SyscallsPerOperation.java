package dev.socketlab.experiment;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Declares the budget of system calls that one operation has. It stands on a {@link Trials} method
 * that measures once by {@link Lab#syscalls}; the framework judges what was measured, adds a
 * mechanism of its own, and fills the artifact's tables.
 *
 * {@snippet :
 * @Trials
 * @SyscallsPerOperation(
 *     operation = "GET",
 *     budget = {
 *       @Calls(of = "read", exactly = 1),
 *       @Calls(of = "write", exactly = 1),
 *       @Calls(of = "epoll_wait", exactly = 1)
 *     })
 * void get(Lab lab) {
 *   lab.syscalls(() -> lab.command("redis-server", "--port", "{port}"))
 *       .perOperation(500, RedisGetExperiment::get);
 * }
 * }
 *
 * <p>A trial that does not keep to its budget fails, and shows call, budget, measured, difference
 * and verdict. A call that no line names is NOT BUDGETED where operations make more of it than
 * {@link #others}; the calls that a run-time makes for itself ({@link
 * dev.socketlab.trace.SyscallMix#RUNTIME_CALLS}, among them {@code futex}) are judged only where a
 * line names them. One call in a hundred operations, and two in any case, is tolerated everywhere.
 *
 * <p>Where levels of a factor differ in their calls, repeat the annotation, each with the level
 * that it is {@link #at}. The gates {@link RequiresLinux} and {@link RequiresTracer} come with it.
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(SyscallsPerOperation.All.class)
@RequiresLinux
@RequiresTracer
public @interface SyscallsPerOperation {

  /**
   * What one operation is.
   *
   * @return for instance {@code GET}; it names the mechanism and the tables
   */
  String operation();

  /**
   * The level that this budget is for.
   *
   * @return a level of one of the method's factors as its {@code toString()} gives it, or empty for
   *     all
   */
  String at() default "";

  /**
   * The calls that one operation makes.
   *
   * @return at least one line
   */
  Calls[] budget();

  /**
   * How many an operation may make on average of each call that no line names.
   *
   * @return at least 0
   */
  double others() default 0.1;

  /** Holds several {@link SyscallsPerOperation} on one method. */
  @Documented
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @RequiresLinux
  @RequiresTracer
  @interface All {

    /**
     * The budgets.
     *
     * @return one for each level
     */
    SyscallsPerOperation[] value();
  }
}

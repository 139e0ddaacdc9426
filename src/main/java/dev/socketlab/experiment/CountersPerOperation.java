package dev.socketlab.experiment;

import dev.socketlab.gate.RequiresLinux;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Declares what one operation may add to the kernel's protocol counters, as {@link
 * SyscallsPerOperation} does for system calls. It stands on a {@link Trials} method that measures
 * once by {@link Lab#counters}, in a class with {@link PrivateNetwork}; the framework judges what
 * was counted, adds a mechanism of its own, and fills the artifact's tables.
 *
 * {@snippet :
 * @Trials
 * @CountersPerOperation(
 *     operation = "request",
 *     budget = {
 *       @Counts(of = "TcpExt.DelayedACKs", atMost = 0.5, because = "a reply may be late"),
 *       @Counts(of = "Tcp.OutRsts", exactly = 0)
 *     })
 * void request(Lab lab) {
 *   lab.counters(() -> lab.java(Server.class, "{port}"))
 *       .perOperation(100, (server, requests) -> drive(server.address(), requests));
 * }
 * }
 *
 * <p>A trial that does not keep to its budget fails, and shows counter, budget, measured,
 * difference and verdict. A counter without a line is shown, and not judged: which of a dozen
 * counters moves for a segment is for the kernel to choose. One count in a hundred operations, and
 * two in any case, is tolerated. A line of a counter that this kernel does not have is ABSENT, and
 * the budget is INCONCLUSIVE; so it is on the network of the host, where others count too.
 *
 * <p>Where levels of a factor differ, repeat the annotation, each with the level that it is {@link
 * #at}. The gate {@link RequiresLinux} comes with it.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(CountersPerOperation.All.class)
@RequiresLinux
public @interface CountersPerOperation {

  /**
   * What one operation is.
   *
   * @return for instance {@code request}; it names the mechanism and the tables
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
   * What one operation adds to which counters.
   *
   * @return at least one line
   */
  Counts[] budget();

  /** Holds several {@link CountersPerOperation} on one method. */
  @Documented
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @RequiresLinux
  @interface All {

    /**
     * The budgets.
     *
     * @return one for each level
     */
    CountersPerOperation[] value();
  }
}

package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One line of a budget, see {@link SyscallsPerOperation}: a system call, and how often one
 * operation may make it. Say one of {@link #exactly}, {@link #atMost} and {@link #ignored}.
 *
 * <pre>{@code
 * @Trials
 * @SyscallsPerOperation(
 *     operation = "GET",
 *     budget = {
 *       @Calls(of = "read", exactly = 1),
 *       @Calls(of = {"accept", "accept4"}, exactly = 1),
 *       @Calls(of = "epoll_wait", atMost = 1, because = "fewer where requests meet"),
 *       @Calls(of = "getrandom", ignored = true, because = "the run-time seeds its hash tables")
 *     })
 * void get(Lab lab) { ... }
 * }</pre>
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Calls {

  /**
   * The system call; several where any of them will do, for instance on another architecture.
   *
   * @return the kernel's names; their calls are added up
   */
  String[] of();

  /**
   * How many each operation makes: neither more nor fewer.
   *
   * @return at least 0
   */
  int exactly() default Integer.MIN_VALUE;

  /**
   * How many an operation makes on average at most.
   *
   * @return at least 0
   */
  double atMost() default Double.NaN;

  /**
   * Whether any number will do.
   *
   * @return true for a call whose number is a matter of timing; say why in {@link #because}
   */
  boolean ignored() default false;

  /**
   * What makes the call, or why it is bounded as it is; shown in the artifact.
   *
   * @return a few words; needed for a call that is {@link #ignored}
   */
  String because() default "";
}

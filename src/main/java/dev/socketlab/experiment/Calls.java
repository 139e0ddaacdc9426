package dev.socketlab.experiment;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.SyscallFamily;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One line of a budget, see {@link SyscallsPerOperation}: a system call, and how often one
 * operation may make it. Say one of {@link #exactly}, {@link #atMost} and {@link #ignored}.
 *
 * {@snippet :
 * @Trials
 * @SyscallsPerOperation(
 *     operation = "GET",
 *     budget = {
 *       @Calls(of = "read", on = DescriptorKind.SOCKET, exactly = 1),
 *       @Calls(of = {"read", "write"}, on = DescriptorKind.EVENTFD, atMost = 3, because = "..."),
 *       @Calls(of = {"accept", "accept4"}, exactly = 1),
 *       @Calls(of = "epoll_wait", atMost = 1, because = "fewer where requests meet"),
 *       @Calls(of = "getrandom", ignored = true, because = "the run-time seeds its hash tables")
 *     })
 * void get(Lab lab) { ... }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Calls {

  /**
   * The system call; several where any of them will do, for instance on another architecture.
   *
   * @return the kernel's names; their calls are added up. None where {@link #family} says which
   */
  String[] of() default {};

  /**
   * Whole families of system calls, in place of names: a library may choose any of their members.
   *
   * @return the families; the calls of all members are added up
   */
  SyscallFamily[] family() default {};

  /**
   * The kinds of descriptors that the calls are made on. With it, the same call on another kind has
   * a line of its own, or is one of the others.
   *
   * @return the kinds, their calls are added up; none for calls on whatever
   */
  DescriptorKind[] on() default {};

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

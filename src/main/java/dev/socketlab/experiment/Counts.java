package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One line of a budget, see {@link CountersPerOperation}: a counter of the kernel, and how much one
 * operation may add to it. Say one of {@link #exactly}, {@link #atMost} and {@link #ignored}.
 *
 * {@snippet :
 * @Trials
 * @CountersPerOperation(
 *     operation = "connection",
 *     budget = {
 *       @Counts(of = {"TcpExt.TCPAbortOnClose", "TcpExt.TCPAbortOnData"}, exactly = 1),
 *       @Counts(of = "Tcp.OutSegs", atMost = 8, because = "an ACK may ride on a segment or not"),
 *       @Counts(of = "TcpExt.TCPLossProbes", ignored = true, because = "a matter of timing")
 *     })
 * void resets(Lab lab) { ... }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Counts {

  /**
   * The counter; several for their sum.
   *
   * @return group and name as the kernel has them, for instance {@code TcpExt.DelayedACKs}
   */
  String[] of();

  /**
   * How much each operation adds: neither more nor less.
   *
   * @return at least 0
   */
  int exactly() default Integer.MIN_VALUE;

  /**
   * How much an operation adds on average at most.
   *
   * @return at least 0
   */
  double atMost() default Double.NaN;

  /**
   * Whether any number will do.
   *
   * @return true for a counter that is a matter of timing; say why in {@link #because}
   */
  boolean ignored() default false;

  /**
   * What makes it count, or why it is bounded as it is; shown in the artifact.
   *
   * @return a few words; needed for a counter that is {@link #ignored}
   */
  String because() default "";
}

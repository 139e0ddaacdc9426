package dev.socketlab.trace;

import dev.socketlab.probe.SyscallCounts;

/**
 * One load under a tracer.
 *
 * <pre>{@code
 * double slowdown =
 *     (double) traced.cost().wall().toNanos() / plain.cost().wall().toNanos();
 * }</pre>
 *
 * @param counts the calls: of the whole process, from its start to its end, when the tracer {@link
 *     Tracer#launches() launches} it; otherwise of the window that the load was in
 * @param cost what the load cost under the tracer
 */
public record SyscallPass(SyscallCounts counts, LoadCost cost) {

  /**
   * Tell the size of the load.
   *
   * @return operations
   */
  public long operations() {
    return cost.operations();
  }
}

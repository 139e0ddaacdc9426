package dev.socketlab.trace;

import dev.socketlab.trace.internal.TracerTrial;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What counts system calls. All give a {@link SyscallMix}; they differ in what they need, in what
 * they perturb and in what they see, see {@code docs/tracing.md}.
 *
 * {@snippet :
 * SyscallMix mix =
 *     lab.syscalls(() -> lab.java(Server.class, "{port}"))
 *         .tracedBy(Tracer.BPFTRACE)
 *         .perOperation(2_000, load);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Tracer {
  /**
   * The subject runs as the child of {@code strace -f -C -y}. Works without privileges, in
   * containers and under every Yama {@code ptrace_scope} but 3. Every call is counted, from the
   * start of the process to its end; the subject runs several times slower.
   */
  STRACE(
      "strace",
      "strace",
      "strace",
      "needs ptrace of its own child, which a seccomp profile or kernel.yama.ptrace_scope = 3 forbids"),

  /**
   * {@code strace -f -C -y -p} attaches to the running subject. Every call is counted while it is
   * attached. Needs CAP_SYS_PTRACE, or the same user and {@code kernel.yama.ptrace_scope = 0}.
   */
  STRACE_ATTACHED(
      "strace-attached",
      "strace",
      "strace",
      "needs CAP_SYS_PTRACE, or the same user and kernel.yama.ptrace_scope = 0"),

  /**
   * {@code bpftrace} counts entries of system calls of the running subject, all of them, at little
   * cost. Needs root and a mounted tracefs.
   */
  BPFTRACE(
      "bpftrace",
      "bpftrace",
      "bpftrace",
      "needs root, and tracefs: mount -t tracefs nodev /sys/kernel/tracing"),

  /**
   * {@code perf stat} counts chosen tracepoints of the running subject, at little cost. Needs root,
   * or CAP_PERFMON and a readable tracefs.
   */
  PERF_STAT(
      "perf-stat",
      "perf",
      "linux-perf",
      "needs root or CAP_PERFMON, and a tracefs that it can read");

  private final String label;
  private final String program;
  private final String debianPackage;
  private final String need;

  Tracer(String label, String program, String debianPackage, String need) {
    this.label = label;
    this.program = program;
    this.debianPackage = debianPackage;
    this.need = need;
  }

  /**
   * Name the tracer, as artifacts and gates do.
   *
   * @return for instance {@code strace-attached}
   */
  public String label() {
    return label;
  }

  /**
   * Name the program that is run.
   *
   * @return for instance {@code strace}
   */
  public String program() {
    return program;
  }

  /**
   * Tell whether the subject is started by the tracer, a fresh one for each load, and counted from
   * its start to its end; otherwise one subject is counted during windows of time.
   *
   * @return true for {@link #STRACE}
   */
  public boolean launches() {
    return this == STRACE;
  }

  /**
   * Try it on a process that does nothing, for less than a second.
   *
   * @return why it cannot count here, with the tool's own words; empty when it can
   */
  public Optional<String> obstacle() {
    return new TracerTrial(this).obstacle();
  }

  /** {@return the Debian package that has the tool} */
  public String debianPackage() {
    return debianPackage;
  }

  /** {@return what it needs of the machine, in words} */
  public String need() {
    return need;
  }

  /** The label. */
  @Override
  public String toString() {
    return label;
  }
}

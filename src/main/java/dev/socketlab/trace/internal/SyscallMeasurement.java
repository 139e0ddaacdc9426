package dev.socketlab.trace.internal;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Measures how many system calls a subject makes for one operation: describes the measurement, then
 * leads it. Obtained from a {@code Lab}.
 *
 * <p>One subject under the tracer does a warm-up, the load of 2 N operations and the load of N,
 * each in a window of the same length. What 2 N cost without the tracer is measured in the same
 * subject when the tracer has let it go; with a tracer that {@link Tracer#launches() launches}, in
 * a subject of its own, before.
 *
 * {@snippet :
 * SyscallMix mix =
 *     lab.syscalls(() -> lab.java(Server.class, "{port}"))
 *         .tracedBy(Tracer.BPFTRACE)
 *         .warmedUpWith(20_000)
 *         .perOperation(2_000, (server, requests) -> drive(server.address(), requests));
 * }
 */
public final class SyscallMeasurement {

  private final Path folder;
  private final Consumer<Subject> owner;
  private final Supplier<? extends SubjectPlan> fresh;
  private Tracer tracer = Tracer.STRACE;
  private OptionalLong warmUp = OptionalLong.empty();
  private Consumer<SyscallMix> listener = _ -> {};

  private SyscallMeasurement(
      Path folder, Consumer<Subject> owner, Supplier<? extends SubjectPlan> fresh) {
    this.folder = folder;
    this.owner = owner;
    this.fresh = fresh;
  }

  /**
   * Starts to describe a measurement.
   *
   * @param folder where the tracer's output goes
   * @param owner is told of each tracer that attaches to a subject, and ends it
   * @param fresh describes the subject, anew at each call
   * @return a measurement with {@link Tracer#STRACE} and without warm-up
   */
  public static SyscallMeasurement of(
      Path folder, Consumer<Subject> owner, Supplier<? extends SubjectPlan> fresh) {
    return new SyscallMeasurement(folder, owner, fresh);
  }

  /**
   * Passes on what was measured, before it is returned.
   *
   * @param newListener is told of each complete measurement
   * @return this
   */
  public SyscallMeasurement andTell(Consumer<SyscallMix> newListener) {
    this.listener = newListener;
    return this;
  }

  /**
   * Chooses the tracer; {@link Tracer#STRACE} by default.
   *
   * @param tracer the tracer
   * @return this
   */
  public SyscallMeasurement tracedBy(Tracer tracer) {
    this.tracer = tracer;
    return this;
  }

  /**
   * Drives each subject through some operations that do not count; 2 N by default. A virtual
   * machine goes on to get faster for many thousand operations, so times with and without a tracer
   * compare after a long warm-up only.
   *
   * @param operations how many
   * @return this
   */
  public SyscallMeasurement warmedUpWith(long operations) {
    if (operations < 0) {
      throw new IllegalArgumentException("warm-up must be >= 0 operations: " + operations);
    }
    this.warmUp = OptionalLong.of(operations);
    return this;
  }

  /**
   * Measures. All subjects and tracers have ended when it returns or throws.
   *
   * @param operations N, the operations of the smaller load; the larger has twice as many. A call
   *     that is made once in a while, and not for each operation, weighs the less the larger N is
   * @param load drives the subject
   * @return the calls
   * @throws TraceException if the tracer is refused, ends too early or counts nothing
   * @throws dev.socketlab.subject.SubjectException if the subject does not start or dies
   * @throws dev.socketlab.probe.ProbeException if the tracer's output is cut or not as expected
   */
  public SyscallMix perOperation(long operations, Load load) {
    if (operations < 1) {
      throw new IllegalArgumentException("a load needs at least 1 operation: " + operations);
    }
    Drive drive = new Drive(load, warmUp.orElse(2 * operations));
    SyscallMix mix =
        tracer.launches()
            ? new LaunchedWindows(folder, fresh, drive).measure(operations)
            : new AttachedWindows(AttachedTool.of(tracer), folder, owner, fresh, drive)
                .measure(operations);
    ServingCalls.requireIn(mix);
    listener.accept(mix);
    return mix;
  }
}

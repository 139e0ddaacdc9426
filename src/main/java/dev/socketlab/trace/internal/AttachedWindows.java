package dev.socketlab.trace.internal;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectException;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.TraceException;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Counts with a tool that attaches to one running subject, in a window of time for each load. */
public final class AttachedWindows {

  private final AttachedTool tool;
  private final Path folder;
  private final Consumer<Subject> owner;
  private final Supplier<? extends SubjectPlan> fresh;
  private final Drive drive;

  public AttachedWindows(
      AttachedTool tool,
      Path folder,
      Consumer<Subject> owner,
      Supplier<? extends SubjectPlan> fresh,
      Drive drive) {
    this.tool = tool;
    this.folder = folder;
    this.owner = owner;
    this.fresh = fresh;
    this.drive = drive;
  }

  public SyscallMix measure(long operations) {
    try (Subject subject = fresh.get().launch()) {
      subject.awaitReady();
      drive.warmUp(subject);
      Counted larger = window(subject, 2 * operations, 0);
      Counted smaller = window(subject, operations, larger.lastedNs());
      SyscallMix.Cost untraced = drive.measure(subject, 2 * operations);
      return new SyscallMix(
          tool.tracer(),
          drive.warmUpOperations(),
          Optional.empty(),
          smaller.pass(),
          larger.pass(),
          untraced,
          Optional.empty());
    }
  }

  /**
   * Counts the calls of a running subject while something is done.
   *
   * @param folder where the tracer's output goes
   * @param owner is told of the tracer, and ends it
   * @param subject the subject, ready
   * @param meanwhile what is done
   * @return the calls
   * @throws TraceException if the tracer is refused or ends too early
   */
  public static SyscallCounts count(
      Path folder, Consumer<Subject> owner, Subject subject, Runnable meanwhile) {
    AttachedTool tool = AttachedTool.of(Tracer.STRACE_ATTACHED);
    TraceFile file = TraceFile.fresh(folder, tool.tracer());
    Runnable untilItCounts = tool.untilItCounts(subject.pid());
    try (Subject tracing = tool.attach(folder, owner, subject.pid(), file).launch()) {
      tracing.awaitReady();
      untilItCounts.run();
      meanwhile.run();
      tracing.failIfItDied();
      tool.detach(tracing);
      return tool.counts(tracing, file);
    } catch (SubjectException failure) {
      throw new TraceException(
          tool.tracer() + " did not count to the end: " + failure.getMessage(), failure);
    }
  }

  private record Counted(SyscallMix.Pass pass, long lastedNs) {}

  private Counted window(Subject subject, long operations, long atLeastNs) {
    TraceFile file = TraceFile.fresh(folder, tool.tracer());
    Runnable untilItCounts = tool.untilItCounts(subject.pid());
    try (Subject tracing = tool.attach(folder, owner, subject.pid(), file).launch()) {
      unlessToolFails(tracing::awaitReady);
      untilItCounts.run();
      Window window = new Window();
      SyscallMix.Cost cost = drive.measure(subject, operations);
      window.keepOpen(atLeastNs);
      long lastedNs = window.lastedNs();
      unlessToolFails(() -> {
        tracing.failIfItDied();
        tool.detach(tracing);
      });
      subject.failIfItDied();
      return new Counted(new SyscallMix.Pass(tool.counts(tracing, file), cost), lastedNs);
    }
  }

  private void unlessToolFails(Runnable step) {
    try {
      step.run();
    } catch (SubjectException failure) {
      throw new TraceException(
          tool.tracer() + " did not count to the end: " + failure.getMessage(), failure);
    }
  }
}

package dev.socketlab.trace;

import dev.socketlab.place.Subject;
import dev.socketlab.place.SubjectException;
import dev.socketlab.place.SubjectPlan;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Counts with a tool that attaches to one running subject, in a window of time for each load. */
final class AttachedWindows {

  private final AttachedTool tool;
  private final Path folder;
  private final Consumer<Subject> owner;
  private final Supplier<? extends SubjectPlan> fresh;
  private final Drive drive;

  AttachedWindows(
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

  SyscallMix measure(long operations) {
    try (Subject subject = fresh.get().launch()) {
      subject.awaitReady();
      drive.warmUp(subject);
      SyscallPass smaller = window(subject, operations);
      SyscallPass larger = window(subject, 2 * operations);
      LoadCost untraced = drive.measure(subject, 2 * operations);
      return new SyscallMix(
          tool.tracer(), drive.warmUpOperations(), Optional.empty(), smaller, larger, untraced);
    }
  }

  private SyscallPass window(Subject subject, long operations) {
    TraceFile file = TraceFile.fresh(folder, tool.tracer());
    try (Subject tracing = tool.attach(folder, owner, subject.pid(), file).launch()) {
      unlessToolFails(tracing::awaitReady);
      LoadCost cost = drive.measure(subject, operations);
      unlessToolFails(() -> {
        tracing.failIfItDied();
        tool.detach(tracing);
      });
      subject.failIfItDied();
      return new SyscallPass(tool.counts(tracing, file), cost);
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

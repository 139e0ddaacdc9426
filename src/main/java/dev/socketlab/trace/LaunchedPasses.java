package dev.socketlab.trace;

import dev.socketlab.place.Subject;
import dev.socketlab.place.SubjectPlan;
import dev.socketlab.probe.StraceSummary;
import dev.socketlab.probe.SyscallCounts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts with strace as the subject's parent, a fresh subject for each load.
 *
 * <p>The traced child is stopped, not strace: with {@code -o FILE} a launched strace ignores
 * SIGTERM unless told {@code -I2}, and it writes its summary when its child has ended, however that
 * ended.
 */
final class LaunchedPasses {

  private final Path folder;
  private final Supplier<? extends SubjectPlan> fresh;
  private final Drive drive;

  LaunchedPasses(Path folder, Supplier<? extends SubjectPlan> fresh, Drive drive) {
    this.folder = folder;
    this.fresh = fresh;
    this.drive = drive;
  }

  SyscallMix measure(long operations) {
    LoadCost untraced = untraced(2 * operations);
    SyscallCounts startUp = traced(0).counts();
    SyscallPass smaller = pass(operations);
    SyscallPass larger = pass(2 * operations);
    return new SyscallMix(
        Tracer.STRACE, drive.warmUpOperations(), Optional.of(startUp), smaller, larger, untraced);
  }

  private LoadCost untraced(long operations) {
    try (Subject subject = fresh.get().launch()) {
      subject.awaitReady();
      drive.warmUp(subject);
      return drive.measure(subject, operations);
    }
  }

  private SyscallPass pass(long operations) {
    Traced traced = traced(operations);
    if (traced.cost() == null) {
      throw new IllegalStateException("a load was not driven: operations=" + operations);
    }
    return new SyscallPass(traced.counts(), traced.cost());
  }

  private record Traced(SyscallCounts counts, @Nullable LoadCost cost) {}

  private Traced traced(long operations) {
    TraceFile summary = TraceFile.fresh(folder, Tracer.STRACE);
    LoadCost cost = null;
    Subject subject = fresh.get().writes(summary.path()).childOf(command(summary)).launch();
    try (subject) {
      subject.awaitReady();
      drive.warmUp(subject);
      if (operations > 0) {
        cost = drive.measure(subject, operations);
      }
      subject.failIfItDied();
    }
    return new Traced(summary.parse(subject, StraceSummary::parse), cost);
  }

  private static String[] command(TraceFile summary) {
    return new String[] {
      Tracer.STRACE.program(), "-f", "-c", "-I2", "-o", summary.path().toString(), "--"
    };
  }
}

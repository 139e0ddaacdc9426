package dev.socketlab.trace.internal;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.subject.internal.StraceParent;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts with strace as the subject's parent, in a window of time for each load: strace writes when
 * each call began.
 *
 * <p>strace writes its summary when its child has ended, however that ended.
 */
public final class LaunchedWindows {

  private final Path folder;
  private final Supplier<? extends SubjectPlan> fresh;
  private final Drive drive;

  LaunchedWindows(Path folder, Supplier<? extends SubjectPlan> fresh, Drive drive) {
    this.folder = folder;
    this.fresh = fresh;
    this.drive = drive;
  }

  SyscallMix measure(long operations) {
    SyscallMix.Cost untraced = untraced(2 * operations);
    TraceFile file = TraceFile.fresh(folder, Tracer.STRACE);
    Subject subject = fresh.get().writes(file.path()).childOf(command(file.path())).launch();
    Window first;
    Window second;
    SyscallMix.Cost larger;
    SyscallMix.Cost smaller;
    long firstNs;
    long secondNs;
    try (subject) {
      subject.awaitReady();
      drive.warmUp(subject);
      first = new Window();
      larger = drive.measure(subject, 2 * operations);
      firstNs = first.lastedNs();
      second = new Window();
      smaller = drive.measure(subject, operations);
      // On a busy machine the smaller load may take longer than the larger one did.
      secondNs = Math.max(firstNs, second.lastedNs());
      second.keepOpen(secondNs);
      subject.failIfItDied();
    }
    SyscallCounts whole = file.parse(subject, StraceSummary::parse);
    StraceLog log = file.parse(subject, StraceLog::parse);
    return new SyscallMix(
        Tracer.STRACE,
        drive.warmUpOperations(),
        Optional.of(first.before(log)),
        new SyscallMix.Pass(second.in(log, secondNs), smaller),
        new SyscallMix.Pass(first.in(log, firstNs), larger),
        untraced,
        Optional.of(whole));
  }

  private SyscallMix.Cost untraced(long operations) {
    try (Subject subject = fresh.get().launch()) {
      subject.awaitReady();
      drive.warmUp(subject);
      return drive.measure(subject, operations);
    }
  }

  /** The command in front of a subject's, which counts its calls. */
  public static String[] command(Path summary) {
    return StraceParent.command(summary, "-C", "-y", "-ttt");
  }
}

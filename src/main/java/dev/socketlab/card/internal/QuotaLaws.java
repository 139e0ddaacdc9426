package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.probe.CgroupCpu;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectException;
import dev.socketlab.subject.internal.CpuQuota;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.SyscallFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server does with too little CPU. */
public final class QuotaLaws {
  private static final int OPERATIONS = 40;

  /** The least that the kernel grants in a period. */
  private static final long LEAST_QUOTA_US = 1_000;

  /** In how many periods it is to get what it needs for the larger number of operations. */
  private static final int PERIODS = 20;

  private static final long NS_PER_US = 1_000;

  /** The second, where a slow machine has spread the work so that the first is not felt. */
  private static final List<Long> PERIODS_US = List.of(100_000L, 1_000_000L);

  /** What is handed from thread to thread may take one call more or less. */
  private static final int BY_LUCK = 2;

  /** What does more has to wait for longer. */
  private static final int MORE_PATIENCE = 20;

  private QuotaLaws() {}

  private record Calls(SyscallCounts some, SyscallCounts twice) {

    Slope slope(SyscallFamily family) {
      return new Slope(calls(some, family), calls(twice, family), OPERATIONS);
    }

    private static long calls(SyscallCounts counts, SyscallFamily family) {
      SyscallCounts sockets = counts.on(DescriptorKind.SOCKET);
      return family.members().stream().mapToLong(sockets::calls).sum();
    }
  }

  /** SL-CPU-01. */
  public static Judgement quota(Examination exam) {
    exam.requireStrace();
    Subject server = exam.startToLookAt();
    ScriptedConnection warm = exam.connect(server);
    exam.operate(warm, OPERATIONS);
    warm.close();
    try (CpuQuota quota = group(server)) {
      SyscallCounts some = count(exam, server, OPERATIONS);
      ThreadUsage before = ThreadUsage.read(server.pid());
      Calls free = new Calls(some, count(exam, server, 2 * OPERATIONS));
      long usedNs = ThreadUsage.read(server.pid()).since(before).total().runNs();
      long quotaUs = Math.max(LEAST_QUOTA_US, usedNs / NS_PER_US / PERIODS);
      exam.script().within(exam.patience().multipliedBy(MORE_PATIENCE));
      for (long periodUs : PERIODS_US) {
        Optional<Judgement> judgement = judge(exam, server, quota, quotaUs, periodUs, free);
        if (judgement.isPresent()) {
          return judgement.get();
        }
      }
      throw new Inconclusive(
          "the quota was not felt: the server was not throttled with %,d µs of CPU in %,d µs"
              .formatted(quotaUs, PERIODS_US.getLast()));
    }
  }

  private static CpuQuota group(Subject server) {
    try {
      return CpuQuota.group(server.pid());
    } catch (SubjectException failure) {
      throw new Inconclusive("needs a quota of CPU: " + failure.getMessage());
    }
  }

  /** One connection for each window, since some servers end one after 100 operations. */
  private static SyscallCounts count(Examination exam, Subject server, int operations) {
    return count(exam, server, operations, () -> {}, () -> {});
  }

  /** With the quota, the tracer comes and goes without it. */
  private static SyscallCounts count(
      Examination exam, Subject server, int operations, Runnable before, Runnable behind) {
    try (ScriptedConnection client = exam.connect(server)) {
      exam.operate(client);
      List<String> _ = exam.script().look(server).awaitRest();
      return exam.lab()
          .syscallsOf(
              server,
              () -> {
                before.run();
                try {
                  exam.operateAtRest(server, client, operations);
                } finally {
                  behind.run();
                }
              });
    }
  }

  /** Empty where the quota was not felt. */
  private static Optional<Judgement> judge(
      Examination exam, Subject server, CpuQuota quota, long quotaUs, long periodUs, Calls free) {
    Runnable set = () -> quota.set(quotaUs, periodUs);
    CgroupCpu before = CgroupCpu.ofProcess(server.pid());
    SyscallCounts some = count(exam, server, OPERATIONS, set, quota::lift);
    CgroupCpu between = CgroupCpu.ofProcess(server.pid());
    SyscallCounts twice = count(exam, server, 2 * OPERATIONS, set, quota::lift);
    CgroupCpu behind = CgroupCpu.ofProcess(server.pid());
    if (between.since(before).throttledPeriods() == 0
        || behind.since(between).throttledPeriods() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        compared(
            free,
            new Calls(some, twice),
            "%d and %d operations without a quota of CPU, and with one of %,d µs in %,d µs"
                    .formatted(OPERATIONS, 2 * OPERATIONS, quotaUs, periodUs)
                + ", which it used up %d times (nr_throttled)"
                    .formatted(behind.since(before).throttledPeriods())));
  }

  private static Judgement compared(Calls free, Calls starved, String done) {
    boolean same = true;
    boolean more = false;
    List<String> found = new ArrayList<>();
    for (SyscallFamily family : List.of(SyscallFamily.READ, SyscallFamily.WRITE)) {
      Slope without = free.slope(family);
      Slope with = starved.slope(family);
      found.add(
          "%s of its socket %s with it, %s without"
              .formatted(
                  family == SyscallFamily.READ ? "reads" : "writes",
                  CallLaws.shown(with),
                  CallLaws.shown(without)));
      same &= without.whole().isPresent() && without.whole().equals(with.whole());
      more |= more(with) > BY_LUCK * more(without) + without.tolerance();
    }
    String words = done + "; for each: " + String.join("; ", found);
    return same || more
        ? Judgement.of(same, words)
        : Judgement.note(words + "; the difference may be luck");
  }

  private static long more(Slope slope) {
    return slope.larger() - slope.smaller();
  }
}

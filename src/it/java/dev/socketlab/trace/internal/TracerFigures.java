package dev.socketlab.trace.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.RequestServer;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Makes the figures of docs/tracing.md: {@code mvn verify -Dit.test=TracerFigures}. Maven's
 * includes do not match it, so nothing else runs it.
 */
@Tag("trace")
class TracerFigures {

  private static final int RUNS = 5;
  private static final long REQUESTS = 2_000;
  private static final long WARM_UP = 20_000;

  private @TempDir Path folder;

  /** The same integers in each run, and what each tracer changes. */
  @ParameterizedTest
  @EnumSource
  void integersAndPerturbation(Tracer tracer) {
    assertThat(tracer.obstacle()).isEmpty();
    List<SyscallMix> mixes = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      mixes.add(mix(tracer));
    }
    TreeMap<String, Integer> findings = new TreeMap<>();
    mixes.forEach(mix ->
        findings.merge(
            "read " + mix.slope("read") + ", write " + mix.slope("write"), 1, Integer::sum));
    findings.forEach((finding, runs) -> System.out.println(tracer + ": " + runs + " x " + finding));
    System.out.printf(
        Locale.ROOT,
        "%s: wall µs per operation %d, traced %d; slowdown %.1f; medians of %d runs%n",
        tracer,
        median(mixes.stream().map(mix -> microseconds(mix.untraced())).toList()),
        median(mixes.stream().map(mix -> microseconds(mix.larger().cost())).toList()),
        median(mixes.stream().map(mix -> mix.slowdown().orElseThrow()).toList()),
        RUNS);
    assertThat(mixes).allMatch(mix -> mix.slope("write").leftOver() == 0);
  }

  private SyscallMix mix(Tracer tracer) {
    List<Subject> started = new ArrayList<>();
    try {
      return SyscallMeasurement.of(folder, started::add, () -> server(started))
          .tracedBy(tracer)
          .warmedUpWith(tracer.launches() ? 0 : WARM_UP)
          .perOperation(
              REQUESTS, (server, requests) -> RequestServer.request(server.address(), requests));
    } finally {
      started.forEach(Subject::close);
    }
  }

  private SubjectBuilder server(List<Subject> started) {
    return SubjectBuilder.java(
        folder, started::add, RequestServer.class, List.of("PLAIN", "{port}"));
  }

  private static long microseconds(SyscallMix.Cost cost) {
    return cost.wall().dividedBy(cost.operations()).toNanos() / 1_000;
  }

  private static <T extends Comparable<T>> T median(List<T> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

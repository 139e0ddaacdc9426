package dev.socketlab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.ProbeException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SyscallCountsTest {
  @Test
  void missingNameIsZeroOnlyWhenEverythingWasWatched() {
    assertThat(counts(true, Map.of("read", 5L)).calls("accept4")).isZero();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts(false, Map.of("read", 5L)).calls("accept4"))
        .withMessageStartingWith("system call was not watched: name=accept4, watched=[read]");
  }

  @Test
  void minusKeepsWhatWasMadeSince() {
    SyscallCounts since =
        counts(true, Map.of("read", 9L, "mmap", 4L)).minus(counts(true, Map.of("mmap", 4L)));

    assertThat(since.calls("read")).isEqualTo(9);
    assertThat(since.calls("mmap")).isZero();
    assertThat(since.total()).isEqualTo(9);
  }

  @Test
  void callsOnADescriptorAreThoseThatWereSeenOnIt() {
    Map<String, SyscallCounts.Count> seen = new TreeMap<>();
    seen.put("accept4", SyscallCounts.Count.ofCalls(0));
    seen.put(
        "read",
        new SyscallCounts.Count(
            5,
            OptionalLong.empty(),
            Optional.empty(),
            Map.of(DescriptorKind.SOCKET, 3L, DescriptorKind.EVENTFD, 2L),
            Map.of()));
    SyscallCounts all = new SyscallCounts("test", seen, true);
    assertThat(all.on(DescriptorKind.SOCKET).counts()).containsOnlyKeys("read");
    assertThat(all.on(DescriptorKind.SOCKET).calls("read")).isEqualTo(3);
    assertThat(all.on(DescriptorKind.EVENTFD).calls("read")).isEqualTo(2);
    assertThat(all.on(DescriptorKind.FILE).counts()).isEmpty();
    SyscallCounts some = new SyscallCounts("test", seen, false);
    assertThat(some.on(DescriptorKind.FILE).calls("read")).as("watched, and none").isZero();
    assertThat(some.on(DescriptorKind.FILE).counts()).containsOnlyKeys("accept4", "read");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts(true, Map.of("read", 1L)).on(DescriptorKind.SOCKET))
        .withMessageContaining("descriptors of calls were not looked at: name=read, kind=");
  }

  @Test
  void callsThatFailedWithAnErrorAreThoseThatEndedWithIt() {
    Map<String, SyscallCounts.Count> seen = new TreeMap<>();
    seen.put(
        "accept4",
        new SyscallCounts.Count(
            5,
            OptionalLong.of(3),
            Optional.empty(),
            Map.of(DescriptorKind.SOCKET, 5L),
            Map.of("EMFILE", 2L, "EAGAIN", 1L)));
    seen.put("read", new SyscallCounts.Count(4, OptionalLong.of(0), Optional.empty()));
    SyscallCounts all = new SyscallCounts("test", seen, true);
    assertThat(all.failedWith("EMFILE").counts()).containsOnlyKeys("accept4");
    assertThat(all.failedWith("EMFILE").calls("accept4")).isEqualTo(2);
    assertThat(all.failedWith("EINTR").counts()).isEmpty();
    assertThat(all.failedWith("EAGAIN").calls("read")).isZero();
    SyscallCounts some = new SyscallCounts("test", seen, false);
    assertThat(some.failedWith("EAGAIN").calls("read")).as("watched, and none").isZero();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts(true, Map.of("read", 1L)).failedWith("EAGAIN"))
        .withMessageContaining("errors of calls were not looked at: name=read, error=EAGAIN");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> all.on(DescriptorKind.SOCKET).failedWith("EAGAIN"));
  }

  @Test
  void minusOfMoreThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts(true, Map.of()).minus(counts(true, Map.of("mmap", 4L))))
        .withMessageStartingWith("counter went backwards: counter=mmap, before=4, after=0");
  }

  @Test
  void slopeIsFreeOfWhatHappensOncePerRun() {
    Map<String, Slope> slopes =
        counts(true, Map.of("read", 1007L, "futex", 30L, "mmap", 10L))
            .slope(counts(true, Map.of("read", 2007L, "futex", 71L, "mmap", 10L)), 500, 1000);

    assertThat(slopes).containsOnlyKeys("futex", "mmap", "read");
    assertThat(slopes.get("read"))
        .isEqualTo(new Slope(1007, 2007, 500))
        .extracting(Slope::perOperation, Slope::leftOver)
        .containsExactly(2.0, 0L);
    assertThat(slopes.get("mmap")).extracting(Slope::perOperation).isEqualTo(0.0);
    assertThat(counts(true, Map.of("read", 7L)).slope(counts(true, Map.of("read", 27L)), 0, 10))
        .as("against a run of no operation")
        .containsExactly(Map.entry("read", new Slope(7, 27, 10)));
    assertThat(slopes.get("futex"))
        .hasToString("0.082 per operation (0, and 41 left over in 500 operations)");
  }

  @Test
  void slopeBetweenWholeNumbersHasALargeResidual() {
    Slope slope = new Slope(0, 149, 100);

    assertThat(slope.nearestInteger()).isEqualTo(1);
    assertThat(slope.leftOver()).isEqualTo(49);
    assertThat(new Slope(0, 199, 100).leftOver()).isEqualTo(-1);
    assertThat(new Slope(5, 0, 100).perOperation()).isEqualTo(-0.05);
  }

  @Test
  void runsThatCannotBeComparedAreRefused() {
    SyscallCounts run = counts(false, Map.of("read", 1L));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.slope(run, 10, 10))
        .withMessage(
            "a slope needs a second run with more operations: operations=10, largerOperations=10");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> run.slope(counts(true, Map.of("read", 1L)), 1, 2))
        .withMessageStartingWith("not the same system calls were watched: one=[read], other=all");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> run.minus(counts(false, Map.of("write", 1L))))
        .withMessageContaining("one=[read], other=[write]");
  }

  @Test
  void moreErrorsThanCallsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SyscallCounts.Count(1, OptionalLong.of(2), Optional.empty()));
  }

  private static SyscallCounts counts(boolean exhaustive, Map<String, Long> calls) {
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    calls.forEach((name, count) -> counts.put(name, SyscallCounts.Count.ofCalls(count)));
    return new SyscallCounts("test", counts, exhaustive);
  }
}

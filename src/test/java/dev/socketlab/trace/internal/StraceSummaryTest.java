package dev.socketlab.trace.internal;

import static dev.socketlab.probe.DescriptorKind.EPOLL;
import static dev.socketlab.probe.DescriptorKind.EVENTFD;
import static dev.socketlab.probe.DescriptorKind.FILE;
import static dev.socketlab.probe.DescriptorKind.NONE;
import static dev.socketlab.probe.DescriptorKind.PIPE;
import static dev.socketlab.probe.DescriptorKind.SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.testkit.Capture;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Captures of a program whose two threads each read and write n times, and read three times from a
 * bad descriptor.
 */
class StraceSummaryTest {
  private static final Capture DEFAULT = Capture.of("strace-6.1-default-columns-1000.txt");
  private static final Capture TWICE = Capture.of("strace-6.1-default-columns-2000.txt");
  private static final Capture CHOSEN = Capture.of("strace-6.1-chosen-columns.txt");
  private static final Capture LINES = Capture.of("strace-6.1-lines-above-the-table.txt");
  private static final Capture RESTRICTED = Capture.of("strace-6.1-no-errors-restricted.txt");

  @Test
  void readsTheDefaultColumns() {
    SyscallCounts counts = parse(DEFAULT);

    assertThat(counts.counts()).hasSize(24);
    assertThat(counts.counts())
        .containsEntry(
            "read",
            new SyscallCounts.Count(
                2007, OptionalLong.of(6), Optional.of(Duration.ofNanos(16_692_000))))
        .containsEntry(
            "write",
            new SyscallCounts.Count(
                2002, OptionalLong.of(0), Optional.of(Duration.ofNanos(16_480_000))));
    assertThat(counts.total()).isEqualTo(4077);
    assertThat(counts.calls("accept4")).isZero();
  }

  @Test
  void readsChosenColumnsWithTheNameFirst() {
    SyscallCounts counts = parse(CHOSEN);

    assertThat(counts.counts()).hasSize(24);
    assertThat(counts.calls("read")).isEqualTo(2007);
    assertThat(counts.counts().get("access"))
        .isEqualTo(
            new SyscallCounts.Count(1, OptionalLong.of(1), Optional.of(Duration.ofNanos(8000))));
  }

  @Test
  void slopeOfTwoRunsIsTheExactNumberPerOperation() {
    Map<String, Slope> slopes = parse(DEFAULT).slope(parse(TWICE), 1000, 2000);

    assertThat(slopes.get("read")).isEqualTo(new Slope(2007, 4007, 1000));
    assertThat(slopes.get("write")).extracting(Slope::perOperation).isEqualTo(2.0);
    assertThat(slopes.get("openat")).extracting(Slope::perOperation).isEqualTo(0.0);
  }

  @Test
  void restrictedTraceKnowsOnlyWhatWasTraced() {
    SyscallCounts counts =
        StraceSummary.parse(RESTRICTED.name(), RESTRICTED.lines(), Set.of("read", "accept4"));

    assertThat(counts.calls("read")).isEqualTo(4);
    assertThat(counts.calls("accept4")).isZero();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts.calls("write"))
        .withMessageContaining("was not watched");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> StraceSummary.parse("x", RESTRICTED.lines(), Set.of("accept4")))
        .withMessageContaining("untraced calls are listed: traced=[accept4], listed=[read]");
  }

  /** Seen where a JVM under strace was ended while it was starting a thread. */
  @Test
  void aThreadThatEndedUnseenStandsAboveTheTable() {
    List<String> lines = new ArrayList<>(DEFAULT.lines());
    lines.addFirst("14460 ???( <detached ...>");

    assertThat(StraceSummary.parse("x", lines).counts()).isEqualTo(parse(DEFAULT).counts());

    List<String> logged = new ArrayList<>(LINES.lines());
    logged.addAll(
        90,
        List.of("10801 1795812952.572698 ???( <unfinished ...>", "10801 <... ??? resumed>) = ?"));
    assertThat(StraceSummary.parse("x", logged).counts()).isEqualTo(parse(LINES).counts());
  }

  /** Two threads, of which one ends, hand over by an eventfd; a child is ended in pause(2). */
  @Test
  void theLinesAboveTheTableTellDescriptorsAndErrors() {
    SyscallCounts counts = parse(LINES);

    assertThat(of(counts, "read").byDescriptor())
        .isEqualTo(Map.of(SOCKET, 3L, EVENTFD, 3L, PIPE, 1L, FILE, 1L, NONE, 1L));
    assertThat(of(counts, "read").byError()).isEqualTo(Map.of("EBADF", 1L));
    assertThat(of(counts, "recvfrom").byError()).isEqualTo(Map.of("EAGAIN", 2L));
    assertThat(of(counts, "pause").byError()).isEqualTo(Map.of("ERESTARTNOHAND", 1L));
    assertThat(counts.kinds("epoll_wait")).containsExactly(EPOLL);
    assertThat(counts.on(SOCKET).calls("write")).isEqualTo(3);
    assertThat(counts.on(EPOLL).calls("write")).isZero();
    assertThat(counts.total()).isEqualTo(72);
  }

  @Test
  void withoutTheLinesNothingIsKnownOfDescriptors() {
    SyscallCounts counts = parse(DEFAULT);

    assertThat(counts.kinds("read")).isEmpty();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> counts.on(SOCKET))
        .withMessageContaining("the descriptors of calls were not looked at");
  }

  @Test
  void linesThatDoNotAddUpToTheTableThrow() {
    for (int number = 1; number <= LINES.lines().size(); number++) {
      String line = LINES.lines().get(number - 1);
      Capture missing = without(LINES, number);
      if ((line.contains("---") && !line.startsWith("---"))
          || line.contains("+++")
          || line.endsWith(" = ?")) {
        assertThat(parse(missing).counts()).isEqualTo(parse(LINES).counts());
      } else {
        assertThatExceptionOfType(ProbeException.class)
            .as("without %s", line)
            .isThrownBy(() -> parse(missing));
      }
    }
    assertMalformed(LINES.replacing(1, "execve(", "execve "), "a call, its end, a signal or an");
    assertMalformed(LINES.replacing(1, "= 0", "0"), "the result of a call");
  }

  @Test
  void summaryCutAnywhereThrows() {
    for (int lines = 0; lines < DEFAULT.lines().size(); lines++) {
      Capture cut = new Capture(DEFAULT.name(), DEFAULT.lines().subList(0, lines));
      assertThatExceptionOfType(ProbeException.class).isThrownBy(() -> parse(cut));
    }
    for (int line = 3; line <= DEFAULT.lines().size() - 2; line++) {
      Capture missing = without(DEFAULT, line);
      assertThatExceptionOfType(ProbeException.class)
          .isThrownBy(() -> parse(missing))
          .withMessageContaining("expected=a total of");
    }
  }

  @Test
  void emptyFileThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(Capture.of("strace-6.1-empty.txt")))
        .withMessageStartingWith("incomplete: source=strace-6.1-empty.txt");
  }

  @Test
  void oddLinesThrow() {
    assertMalformed(DEFAULT.replacing(4, "2007", "2008"), "a total of 4078 calls and 7 errors");
    assertMalformed(DEFAULT.replacing(4, "   6 read", "   5 read"), "4077 calls and 6 errors");
    assertMalformed(DEFAULT.replacing(4, " read", "  read"), "\"read\" below the dashes");
    assertMalformed(DEFAULT.replacing(4, "2007 ", "20 07"), "below the dashes of a column");
    assertMalformed(DEFAULT.replacing(4, "2007", "    "), "a value in the column calls");
    assertMalformed(DEFAULT.replacing(4, "2007", "-007"), "calls >= 0");
    assertMalformed(DEFAULT.replacing(4, "0.016692", "0,016692"), "seconds as a decimal number");
    assertMalformed(DEFAULT.replacing(5, "write", "read"), "each system call once");
    assertMalformed(DEFAULT.replacing(1, "calls", "count"), "the columns syscall, calls and");
    assertMalformed(DEFAULT.replacing(28, "total", "close"), "the line of the total");
  }

  private static SyscallCounts.Count of(SyscallCounts counts, String name) {
    return Objects.requireNonNull(counts.counts().get(name));
  }

  private static Capture without(Capture capture, int number) {
    List<String> lines = new ArrayList<>(capture.lines());
    lines.remove(number - 1);
    return new Capture(capture.name(), lines);
  }

  private static SyscallCounts parse(Capture capture) {
    return StraceSummary.parse(capture.name(), capture.lines());
  }

  private static void assertMalformed(Capture capture, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(capture))
        .withMessageContaining(expected);
  }
}

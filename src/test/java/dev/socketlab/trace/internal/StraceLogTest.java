package dev.socketlab.trace.internal;

import static dev.socketlab.probe.DescriptorKind.EVENTFD;
import static dev.socketlab.probe.DescriptorKind.SOCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.Line;
import dev.socketlab.testkit.Capture;
import dev.socketlab.trace.SyscallCounts;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two threads hand three things over by an eventfd, the first at .775791 and the last at .776583.
 */
class StraceLogTest {
  private static final Capture TIMED = Capture.of("strace-6.1-lines-with-times.txt");
  private static final Instant END = at(999_999);

  private final StraceLog log = StraceLog.parse(TIMED.name(), TIMED.lines());

  @Test
  void aWindowHoldsTheCallsThatBeganInIt() {
    SyscallCounts handingOver = log.between(at(775_791), at(776_584));
    assertThat(handingOver.on(EVENTFD).calls("write")).isEqualTo(3);
    assertThat(handingOver.on(EVENTFD).calls("read")).isEqualTo(3);
    assertThat(handingOver.on(SOCKET).calls("read")).isEqualTo(3);
    assertThat(handingOver.calls("recvfrom")).isZero();
    assertThat(handingOver.exhaustive()).isTrue();
  }

  @Test
  void theFirstMomentIsInTheWindowAndTheSecondIsNot() {
    assertThat(log.between(at(775_792), at(776_584)).on(EVENTFD).calls("write")).isEqualTo(2);
    assertThat(log.between(at(775_791), at(776_583)).on(SOCKET).calls("read")).isEqualTo(2);
  }

  @Test
  void windowsSideBySideShareNoCallAndLoseNone() {
    Instant border = at(776_334);
    assertThat(log.between(Instant.EPOCH, border).total() + log.between(border, END).total())
        .isEqualTo(log.between(Instant.EPOCH, END).total());
  }

  /** The table counts a call when it ends, and leaves out those that end their thread. */
  @Test
  void allCallsAreThoseOfTheTableAndTheLastOnesOfTheThreads() {
    SyscallCounts all = log.between(Instant.EPOCH, END);
    SyscallCounts table = StraceSummary.parse(TIMED.name(), TIMED.lines());
    assertThat(all.calls("exit")).isEqualTo(1);
    assertThat(all.total() - table.total()).isEqualTo(1);
    assertThat(all.counts().get("recvfrom"))
        .isNotNull()
        .extracting(SyscallCounts.Count::byError)
        .hasToString("{EAGAIN=2}");
  }

  @Test
  void withoutTimesThereIsNoWindow() {
    Capture untimed = Capture.of("strace-6.1-lines-above-the-table.txt");
    StraceLog withoutTimes = StraceLog.parse(untimed.name(), untimed.lines());
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> withoutTimes.between(Instant.EPOCH, END))
        .withMessageContaining("do not tell when calls began: add -ttt");
  }

  @Test
  void aLineNamesItsThreadByANumber() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> lines("12x read(3</a>, \"\", 1) = 0"))
        .withMessageContaining("the number of a thread and what it called");
    assertThat(
            lines("12 1.000002 read(3</a>, \"\", 1) = 0")
                .between(Instant.ofEpochSecond(1, 2_000), END)
                .calls("read"))
        .isEqualTo(1);
  }

  private static StraceLog lines(String... lines) {
    return StraceLog.of(Line.of("x", List.of(lines)));
  }

  private static Instant at(long micros) {
    return Instant.ofEpochSecond(1_795_812_574L, micros * 1_000);
  }
}

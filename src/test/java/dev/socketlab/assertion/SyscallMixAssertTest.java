package dev.socketlab.assertion;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.trace.Mixes;
import dev.socketlab.trace.SyscallFamily;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyscallMixAssertTest {

  @Test
  void whatIsExpectedPasses() {
    assertThatCode(() ->
            assertThat(Mixes.launched(1))
                .saw("accept4", "read", "write")
                .callsPerOperation("read")
                .isEqualTo(1)
                .callsPerOperation("write")
                .within(0)
                .isEqualTo(1)
                .callsPerOperation(SyscallFamily.WRITE)
                .isAtLeast(1)
                .callsPerOperation(List.of("epoll_wait", "epoll_pwait", "read"))
                .isEqualTo(1)
                .callsPerOperation("accept")
                .isAtMost(0)
                .makesNoOtherCallThan(Set.of("read", "write"), 0.5))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherNumberShowsTheWholeTable() {
    assertThatThrownBy(() -> assertThat(Mixes.launched(2)).callsPerOperation("write").isEqualTo(1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "expected 1 of write per operation within 2 calls, but 100 operations leave +100",
            "2.000 per operation",
            "  futex        300   10   95          0.850        -15");
  }

  @Test
  void theToleranceIsCallsLeftOver() {
    assertThatThrownBy(
            () -> assertThat(Mixes.launched(1)).callsPerOperation("read").within(0).isEqualTo(1))
        .hasMessageContaining("within 0 calls, but 100 operations leave +1");
    assertThatThrownBy(() -> assertThat(Mixes.launched(1)).callsPerOperation("futex").isEqualTo(1))
        .hasMessageContaining("leave -15");
    assertThatThrownBy(() -> assertThat(Mixes.launched(1)).callsPerOperation("write").isAtLeast(2))
        .hasMessageContaining("expected at least 2");
    assertThatThrownBy(() ->
            assertThat(Mixes.launched(1)).callsPerOperation(List.of("read", "write")).isAtMost(1))
        .hasMessageContaining("expected at most 1.0 of read|write, found 2.010 per operation");
    assertThatThrownBy(() -> assertThat(Mixes.launched(1)).callsPerOperation("write").isAtMost(0.9))
        .hasMessageContaining("expected at most 0.9");
  }

  @Test
  void aCallThatWasNotMadeIsNamed() {
    assertThatThrownBy(() -> assertThat(Mixes.launched(0)).saw("read", "write"))
        .hasMessageContaining("expected to see [write]");
  }

  @Test
  void anUnexpectedCallIsNamedButNotWhatARuntimeDoes() {
    assertThatThrownBy(
            () -> assertThat(Mixes.launched(1)).makesNoOtherCallThan(Set.of("read"), 0.5))
        .hasMessageContaining("each call other than [read], but of [write] there are more");
  }

  @Test
  void clockReadsAreNoCallsOnMachinesWhoseVdsoAnswersThem() {
    assertThatCode(
            () -> assertThat(Mixes.readingTheClock()).makesNoOtherCallThan(Set.of("read"), 0.5))
        .doesNotThrowAnyException();
  }

  @Test
  void whatWasNotWatchedCannotBeExcluded() {
    assertThatThrownBy(() -> assertThat(Mixes.watched(1)).makesNoOtherCallThan(Set.of(), 0.5))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("perf-stat watched only [accept, futex, read, sendto, write]");
  }

  @Test
  void aMisspeltCallIsNoCallThatWasNeverMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(Mixes.launched(1)).callsPerOperation("wirte").isEqualTo(0))
        .withMessageStartingWith("\"wirte\" is no system call");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(Mixes.launched(1)).saw("raed"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(Mixes.launched(1)).makesNoOtherCallThan(Set.of("raed"), 9));
  }
}

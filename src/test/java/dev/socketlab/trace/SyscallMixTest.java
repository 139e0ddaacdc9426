package dev.socketlab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.trace.internal.ServingCalls;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyscallMixTest {

  @Test
  void theSlopeIsWhatTheLargerLoadHasMore() {
    SyscallMix mix = Mixes.launched(1);
    assertThat(mix.slope("write").perOperation()).isEqualTo(1.0);
    assertThat(mix.slope("read").nearestInteger()).isEqualTo(1);
    assertThat(mix.slope("read").leftOver()).isEqualTo(1);
    assertThat(mix.slope("never").perOperation()).isZero();
    assertThat(mix.slopes()).containsOnlyKeys("accept", "futex", "read", "sendto", "write");
  }

  @Test
  void aFamilyIsTheSumOfItsMembers() {
    assertThat(Mixes.launched(2).slope(SyscallFamily.WRITE).perOperation()).isEqualTo(2.0);
    assertThat(Mixes.watched(2).slope(SyscallFamily.WRITE).perOperation()).isEqualTo(2.0);
    assertThatThrownBy(() -> Mixes.watched(2).slope(SyscallFamily.CLOSE))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("was not watched: name=close");
  }

  @Test
  void severalCallsAreASum() {
    assertThat(Mixes.launched(2).slope(List.of("write", "read", "never")).perOperation())
        .isEqualTo(3.01);
    assertThatThrownBy(() -> Mixes.watched(2).slope(List.of("write", "mmap")))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("was not watched: name=mmap");
  }

  @Test
  void aCallIsSeenWhenItWasMadeInTheWindow() {
    assertThat(Mixes.launched(1).saw("accept4")).as("accept is its like").isTrue();
    assertThat(Mixes.launched(0).saw("write")).as("at the start alone").isFalse();
    assertThat(Mixes.watched(0).saw("write")).isFalse();
    assertThatThrownBy(() -> Mixes.watched(1).saw("mmap")).isInstanceOf(ProbeException.class);
  }

  @Test
  void slowdownComparesTheSameLoad() {
    assertThat(Mixes.launched(1).slowdown()).hasValue(3.0);
  }

  @Test
  void theTextShowsBothLoadsTheSlopeAndWhatIsLeftOver() {
    assertThat(Mixes.launched(1))
        .hasToString(
            """
            system calls counted by strace, 200 against 100 operations
              call    start-up  100  200  per operation  left over
              read          40  100  201          1.010         +1
              write          2  100  200          1.000         +0
              futex        300   10   95          0.850        -15
              accept         0    1    1          0.000         +0\
            """);
    assertThat(Mixes.watched(1).toString())
        .contains("  write     100  200  ")
        .endsWith("other calls were not watched");
  }

  @Test
  void aLoadWithoutServingCallsIsRefused() {
    assertThatCode(() -> ServingCalls.requireIn(Mixes.launched(1))).doesNotThrowAnyException();
    SyscallMix mix = Mixes.launched(1);
    SyscallMix idle =
        new SyscallMix(
            mix.tracer(),
            0,
            mix.startUp(),
            mix.smaller(),
            new SyscallMix.Pass(mix.smaller().counts(), mix.larger().cost()),
            mix.untraced(),
            mix.wholeProcess());
    assertThatThrownBy(() -> ServingCalls.requireIn(idle))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("no serving system call was seen")
        .hasMessageContaining("system calls counted by strace");
  }
}

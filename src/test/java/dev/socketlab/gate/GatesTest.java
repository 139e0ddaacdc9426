package dev.socketlab.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.gate.internal.GateCheck;
import dev.socketlab.gate.internal.GateLedger;
import dev.socketlab.gate.internal.StrictMode;
import dev.socketlab.trace.Tracer;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventType;

@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class GatesTest {

  private static final AtomicInteger LOOKS = new AtomicInteger();

  @Test
  void anOperatingSystemIsOpenOrNamesWhatWasFound() {
    assertThat(OsDetector.detect(List.of(Os.LINUX, Os.MAC), "Mac OS X").open()).isTrue();
    assertThat(OsDetector.detect(List.of(Os.LINUX), "Windows 11"))
        .isEqualTo(GateFinding.closed("needs Linux, this is Windows 11"));
    assertThat(OsDetector.detect(List.of(Os.LINUX, Os.MAC), "FreeBSD").reason())
        .isEqualTo("needs Linux or macOS, this is FreeBSD");
    assertThatThrownBy(() -> OsDetector.detect(List.of(), "Linux"))
        .hasMessageContaining("@RequiresOs: `value` is empty");
  }

  @Test
  void aToolIsFoundByItsNameAndOnlyIfExecutable(@TempDir Path folder) throws IOException {
    Path tool = Files.createFile(folder.resolve("strace"));
    assertThat(ToolDetector.detect("strace", List.of(folder)).open()).isFalse();
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    assertThat(ToolDetector.detect("strace", List.of(folder)).open()).isTrue();
    assertThat(ToolDetector.detect("perf", List.of(folder)).reason())
        .isEqualTo(
            "perf is not on the search path; install it, on Debian: apt-get install linux-perf");
    assertThatThrownBy(() -> ToolDetector.detect("/bin/sh", List.of(folder)))
        .hasMessageContaining("without a directory");
  }

  @Test
  void aFindingWithoutAReasonIsRefused() {
    assertThatThrownBy(() -> GateFinding.closed(" ")).hasMessageContaining("needs a reason");
  }

  /** A gate of a user's own. */
  @Retention(RetentionPolicy.RUNTIME)
  @Gate(MoonDetector.class)
  @interface RequiresMoon {
    String phase();
  }

  static final class MoonDetector implements GateDetector<RequiresMoon> {
    MoonDetector() {}

    @Override
    public String name(RequiresMoon gate) {
      return "moon";
    }

    @Override
    public GateFinding detect(RequiresMoon gate) {
      LOOKS.incrementAndGet();
      return gate.phase().equals("full")
          ? GateFinding.open("it is full")
          : GateFinding.closed("needs a " + gate.phase() + " moon, it is full");
    }
  }

  /** Composed of several gates, one of them repeated. */
  @Retention(RetentionPolicy.RUNTIME)
  @RequiresMoon(phase = "full")
  @RequiresTool("no-such-tool-a")
  @RequiresTool("no-such-tool-b")
  @interface Composed {}

  @RequiresMoon(phase = "full")
  static class OpenCase {
    @Test
    @RequiresMoon(phase = "full")
    void runs() {}

    @Test
    @RequiresMoon(phase = "new")
    void isSkipped() {
      throw new AssertionError("must not run");
    }
  }

  @Composed
  static class ComposedCase {
    @Test
    void isSkipped() {
      throw new AssertionError("must not run");
    }
  }

  private static EngineExecutionResults run(Class<?> fixture, String require) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(fixture))
        .configurationParameter("socketlab.require", require)
        .execute();
  }

  private static List<String> skipReasons(EngineExecutionResults results) {
    return results.allEvents().stream()
        .filter(event -> event.getType() == EventType.SKIPPED)
        .map(event -> event.getRequiredPayload(String.class))
        .toList();
  }

  @Test
  void anOpenGateRunsAClosedOneSkipsAndTheMachineIsLookedAtOnce() {
    LOOKS.set(0);
    EngineExecutionResults results = run(OpenCase.class, "");
    results.testEvents().assertStatistics(stats -> stats.succeeded(1).skipped(1).failed(0));
    assertThat(skipReasons(results))
        .containsExactly("moon is closed: needs a new moon, it is full");
    assertThat(LOOKS).hasValue(2);
  }

  @Test
  void composedAndRepeatedGatesAreAllFound() {
    assertThat(skipReasons(run(ComposedCase.class, "")))
        .singleElement()
        .asString()
        .contains("no-such-tool-a is closed")
        .contains("no-such-tool-b is closed")
        .doesNotContain("moon");
  }

  @Test
  void aStrictRunFailsWhereItWouldHaveSkipped() {
    for (String require : List.of("moon", "strace, moon", "all")) {
      run(OpenCase.class, require)
          .testEvents()
          .assertStatistics(stats -> stats.succeeded(1).failed(1).skipped(0));
    }
    run(OpenCase.class, "strace")
        .testEvents()
        .assertStatistics(stats -> stats.succeeded(1).failed(0).skipped(1));
  }

  @Test
  void onlyAGateThatIsDemandedIsSaidToBe() {
    List<String> failures =
        run(ComposedCase.class, "no-such-tool-b").allEvents().failed().stream()
            .map(event -> event.getRequiredPayload(TestExecutionResult.class))
            .map(result -> result.getThrowable().orElseThrow())
            .map(failure -> String.valueOf(failure.getCause()))
            .toList();
    assertThat(failures)
        .singleElement()
        .asString()
        .contains(": demanded by socketlab.require, but no-such-tool-b is closed: ")
        .contains("; also closed: no-such-tool-a is closed: ");
  }

  @Test
  void theTableNamesExperimentGateStateAndReason() {
    GateLedger ledger = new GateLedger();
    StrictMode strict = StrictMode.parse("netns");
    check(ledger, "moon", strict, GateFinding.open("it is full"));
    check(ledger, "netns", strict, GateFinding.closed("no privilege"));
    check(ledger, "tides", strict, GateFinding.closed("no sea"));
    assertThat(ledger.table())
        .containsExactly(
            "experiment  gate   state     why",
            "tide        moon   open      it is full",
            "tide        netns  DEMANDED  no privilege",
            "tide        tides  closed    no sea");
    assertThat(ledger.checks())
        .extracting(GateCheck::failsTheRun)
        .containsExactly(false, true, false);
  }

  @Test
  void theGateOfATracerSaysWhatWasFound() {
    assertThat(TracerDetector.finding(Tracer.BPFTRACE, Optional.empty()).open()).isTrue();
    assertThat(TracerDetector.finding(Tracer.BPFTRACE, Optional.of("no root")).reason())
        .isEqualTo("no root");
  }

  private static void check(
      GateLedger ledger, String gate, StrictMode strict, GateFinding finding) {
    ledger.enter(gate, GatesTest.class, "tide", gate, strict, () -> finding);
  }
}

package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.artifact.Table;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.Slope;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What is particular to budgets of counters; how they judge is that of all, see {@code BudgetTest}.
 */
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class CounterBudgetTest {

  private @TempDir Path folder;

  static class Declarations {
    @Trials
    @CountersPerOperation(
        operation = "request",
        budget = {
          @Counts(of = "TcpExt.DelayedACKs", exactly = 1),
          @Counts(
              of = {"TcpExt.TCPAbortOnClose", "TcpExt.TCPAbortOnData"},
              exactly = 0),
          @Counts(of = "IcmpMsg.InType3", exactly = 0),
          @Counts(of = "TcpExt.TCPLossProbes", ignored = true, because = "a matter of timing")
        })
    void request() {}
  }

  @Test
  void aBudgetThatIsKeptGivesItsNumbersAsEvidence() throws Exception {
    BudgetCheck check = check(mix(Map.of("TcpExt.DelayedACKs", new Slope(24, 49, 25))));
    assertThat(check.keeps()).isTrue();
    assertThat(check.undecided()).isEmpty();
    assertThat(check.evidence())
        .isEqualTo(
            "TcpExt.DelayedACKs 1, TcpExt.TCPAbortOnClose|TcpExt.TCPAbortOnData 0,"
                + " IcmpMsg.InType3 0");
  }

  @Test
  void moreAndFewerAreADifferenceAndWhatHasNoLineIsNot() throws Exception {
    BudgetCheck check =
        check(
            mix(
                Map.of(
                    "TcpExt.DelayedACKs", new Slope(0, 1, 25),
                    "TcpExt.TCPAbortOnData", new Slope(25, 50, 25),
                    "Tcp.OutSegs", new Slope(110, 210, 25))));
    assertThat(check.keeps()).isFalse();
    assertThat(check.summary())
        .isEqualTo(
            """
            TcpExt.DelayedACKs: budget 1, measured 0, -1 UNDER
            TcpExt.TCPAbortOnClose|TcpExt.TCPAbortOnData: budget 0, measured 1, +1 OVER\
            """);
    assertThat(check.text())
        .startsWith("one request does not keep to its budget\n  counter ")
        .contains("every counter that the loads added:\nprotocol counters, 50 against 25 operation")
        .containsPattern("Tcp.OutSegs +110 +210 +4.000 +\\+0");
  }

  @Test
  void aCounterThatThisKernelDoesNotHaveIsAbsentAndNotZero() throws Exception {
    CounterMix old =
        new CounterMix(true, 0, 25, Map.of("TcpExt.TCPAbortOnClose", new Slope(0, 0, 25)));
    BudgetCheck check = check(old);
    assertThat(check.rows())
        .extracting(row -> row.finding().toString())
        .containsExactly("ABSENT", "ABSENT", "ok", "ignored");
    assertThat(check.keeps()).isTrue();
    assertThat(check.undecided())
        .contains("this kernel does not have TcpExt.DelayedACKs, TcpExt.TCPAbortOnData");
    assertThat(old.has("TcpExt.DelayedACKs")).isFalse();
    assertThatThrownBy(() -> old.slope("TcpExt.DelayedACKs"))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("no such counter, or it is a gauge: name=TcpExt.DelayedACKs");
  }

  @Test
  void inTheNetworkOfTheHostNothingIsDecided() throws Exception {
    CounterMix shared =
        new CounterMix(false, 0, 25, Map.of("TcpExt.DelayedACKs", new Slope(0, 500, 25)));
    BudgetCheck check = check(shared);
    assertThat(check.keeps()).isTrue();
    assertThat(check.undecided().orElseThrow()).contains("needs a private network");
    assertThat(MixTables.perOperation("counters", shared).notes())
        .containsExactly("counted in the network of the host, where others count too");
    assertThat(shared).asString().contains("others on this machine count too");
  }

  @Test
  void aLargerLoadThatCountsLessDoesNotCompare() throws Exception {
    BudgetCheck check = check(mix(Map.of("TcpExt.DelayedACKs", new Slope(25, 20, 25))));
    assertThat(check.undecided().orElseThrow())
        .startsWith(
            "the two loads do not compare: 25 operations counted 25 of TcpExt.DelayedACKs, and 50"
                + " operations 20");
  }

  @Test
  void withTooFewOperationsAnyBudgetWouldBeKept() {
    assertThatIllegalStateException()
        .isThrownBy(() -> check(new CounterMix(true, 0, 4, Map.of())))
        .withMessageContaining("a load of more than 4 operations")
        .withMessageEndingWith("operations=4");
  }

  @Test
  void theTableHasWhatMovedAndComparesNothing() {
    Table table =
        MixTables.perOperation(
            "counters per request", mix(Map.of("Tcp.OutSegs", new Slope(110, 211, 25))));
    assertThat(table.rows())
        .singleElement()
        .asString()
        .contains("Tcp.OutSegs")
        .contains("110")
        .contains("211")
        .contains("4.040");
    assertThat(table.columns())
        .extracting(column -> column.role().name())
        .containsOnly("INFORMATIONAL");
  }

  private static CounterMix mix(Map<String, Slope> moved) {
    Map<String, Slope> slopes = new HashMap<>();
    List.of(
            "TcpExt.DelayedACKs",
            "TcpExt.TCPAbortOnClose",
            "TcpExt.TCPAbortOnData",
            "TcpExt.TCPLossProbes")
        .forEach(name -> slopes.put(name, new Slope(0, 0, 25)));
    slopes.putAll(moved);
    return new CounterMix(true, 50, 25, slopes);
  }

  private static BudgetCheck check(CounterMix mix) throws Exception {
    Budget budget = Budget.of(Declarations.class.getDeclaredMethod("request")).getFirst();
    return BudgetCheck.of(budget, new MeasuredCounters(mix));
  }

  @Tag("bad")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  @PrivateNetwork
  abstract static class Bad {
    @Test
    void mustNotStart() {
      throw new AssertionError("started");
    }
  }

  static class MisspeltCase extends Bad {
    @Trials
    @CountersPerOperation(operation = "GET", budget = @Counts(of = "Tcp.OutRst", exactly = 0))
    void get() {}
  }

  static class WithoutGroupCase extends Bad {
    @Trials
    @CountersPerOperation(operation = "GET", budget = @Counts(of = "DelayedACKs", exactly = 0))
    void get() {}
  }

  static class WrongGroupCase extends Bad {
    @Trials
    @CountersPerOperation(
        operation = "GET",
        budget = @Counts(of = "Tcp.TCPAbortOnClose", exactly = 0))
    void get() {}
  }

  static class GaugeCase extends Bad {
    @Trials
    @CountersPerOperation(operation = "GET", budget = @Counts(of = "Tcp.CurrEstab", exactly = 0))
    void get() {}
  }

  static class NamelessCase extends Bad {
    @Trials
    @CountersPerOperation(
        operation = "GET",
        budget =
            @Counts(
                of = {},
                exactly = 1))
    void get() {}
  }

  static class TwoKindsCase extends Bad {
    @Trials
    @CountersPerOperation(operation = "GET", budget = @Counts(of = "Tcp.OutRsts", exactly = 0))
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read", exactly = 1))
    void get() {}
  }

  @Test
  void aBadDeclarationStopsTheRunBeforeAnythingStarts() {
    refused(MisspeltCase.class, "on get: \"Tcp.OutRst\" is no counter; did you mean Tcp.OutRsts?");
    refused(WithoutGroupCase.class, "\"DelayedACKs\" is no counter; did you mean");
    refused(WithoutGroupCase.class, "TcpExt.DelayedACKs");
    refused(WrongGroupCase.class, "is no counter; did you mean TcpExt.TCPAbortOnClose?");
    refused(GaugeCase.class, "\"Tcp.CurrEstab\" is no counter; give group and name, such as");
    refused(NamelessCase.class, "on get: a line names no counter; say which by `of`");
    refused(TwoKindsCase.class, "it has budgets of two kinds, and a control names a budget by its");
  }

  @Tag("shared")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class WithoutItsOwnNetworkCase {
    @Trials
    @CountersPerOperation(operation = "GET", budget = @Counts(of = "Tcp.OutRsts", exactly = 0))
    void get() {}
  }

  @Test
  void countersNeedANetworkOfTheirOwn() {
    refused(WithoutItsOwnNetworkCase.class, "add @PrivateNetwork to the class");
  }

  private void refused(Class<?> fixture, String message) {
    Laboratory.Outcome outcome = new Laboratory(folder).run(fixture);
    assertThat(outcome.started()).isEmpty();
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("PerOperation ")
        .contains(message);
  }

  @Test
  void theNearestNameIsTheOneWithTheFewestMistakes() {
    TreeSet<String> known = new TreeSet<>(List.of("Tcp.InSegs", "Tcp.OutSegs", "Udp.NoPorts"));
    assertThat(LikeNames.suggest("tcp.outsgs", known)).contains("did you mean Tcp.OutSegs?");
    assertThat(LikeNames.suggest("Tcp", known))
        .contains("did you mean one of [Tcp.InSegs, Tcp.OutSegs]?");
    assertThat(LikeNames.suggest("", known)).isEmpty();
    assertThat(LikeNames.mistakes("raed", "read")).isEqualTo(1);
    assertThat(LikeNames.mistakes("", "read")).isEqualTo(4);
  }
}

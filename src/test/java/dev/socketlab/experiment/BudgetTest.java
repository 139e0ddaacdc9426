package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import dev.socketlab.trace.Mixes;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Mixes are of a server that reads once and writes as often as told, and of some locks. */
@Isolated("its fixtures are experiments, which measure this JVM and its machine")
class BudgetTest {

  private @TempDir Path folder;

  static class Declarations {
    @Trials
    @SyscallsPerOperation(
        operation = "request",
        budget = {@Calls(of = "read", exactly = 1), @Calls(of = "write", exactly = 1)})
    void plain() {}

    @Trials
    @SyscallsPerOperation(operation = "request", budget = @Calls(of = "read", exactly = 1))
    void withoutWrites() {}

    @Trials
    @SyscallsPerOperation(
        operation = "request",
        others = 3,
        budget = @Calls(of = "read", exactly = 1))
    void generous() {}

    @Trials
    @SyscallsPerOperation(
        operation = "request",
        budget = {
          @Calls(
              of = {"read", "recvfrom"},
              exactly = 1),
          @Calls(of = "write", atMost = 1.5, because = "replies may meet"),
          @Calls(of = "futex", atMost = 0.5)
        })
    void bounded() {}

    @Trials
    @SyscallsPerOperation(
        operation = "request",
        budget = {
          @Calls(of = "read", exactly = 1),
          @Calls(of = "write", ignored = true, because = "a matter of timing")
        })
    void ignoring() {}

    @Trials
    @SyscallsPerOperation(
        operation = "request",
        budget = {
          @Calls(family = SyscallFamily.READ, exactly = 1),
          @Calls(family = SyscallFamily.WRITE, exactly = 1)
        })
    void families() {}

    @Trials
    @SyscallsPerOperation(
        operation = "request",
        budget = {
          @Calls(of = "read", on = DescriptorKind.SOCKET, exactly = 1),
          @Calls(of = "write", exactly = 1)
        })
    void onSockets() {}

    @Trials
    @SyscallsPerOperation(
        operation = "request",
        budget = {
          @Calls(
              of = {"read", "write"},
              on = DescriptorKind.SOCKET,
              exactly = 2),
          @Calls(
              of = {"read", "write"},
              on = DescriptorKind.EVENTFD,
              atMost = 1.5)
        })
    void onSocketsAndWakeUps() {}
  }

  @Test
  void aBudgetThatIsKeptGivesItsNumbersAsEvidence() throws Exception {
    BudgetCheck check = check("plain", 1);
    assertThat(check.keeps()).isTrue();
    assertThat(check.evidence()).isEqualTo("read 1, write 1");
  }

  @Test
  void moreAndFewerCallsThanBudgetedAreADifference() throws Exception {
    assertThat(row(check("plain", 2), "write")).isEqualTo("write 1 2 +1 OVER");
    assertThat(row(check("plain", 0), "write")).isEqualTo("write 1 0 -1 UNDER");
    assertThat(check("plain", 2).summary()).isEqualTo("write: budget 1, measured 2, +1 OVER");
    assertThat(check("plain", 2).text())
        .contains("one request does not keep to its budget")
        .containsPattern("write +1 +2 +\\+1 +OVER")
        .containsPattern("read +1 +1 +0 +ok")
        .contains("every call that the loads added:");
  }

  @Test
  void aCallThatNobodyBudgetedIsADifferenceUnlessAllowed() throws Exception {
    assertThat(row(check("withoutWrites", 2), "write")).isEqualTo("write none 2 +2 NOT BUDGETED");
    assertThat(check("withoutWrites", 0).keeps()).isTrue();
    assertThat(check("generous", 2).keeps()).isTrue();
  }

  @Test
  void callsOfTheRunTimeAreJudgedWhereTheyAreNamed() throws Exception {
    BudgetCheck check = check("bounded", 1);
    assertThat(row(check, "futex")).isEqualTo("futex at most 0.5 0.850 +0.350 OVER");
    assertThat(row(check, "write")).isEqualTo("write at most 1.5 1  ok");
    assertThat(row(check, "read|recvfrom")).isEqualTo("read|recvfrom 1 1 0 ok");
    assertThat(row(check("bounded", 2), "write")).isEqualTo("write at most 1.5 2 +0.500 OVER");
  }

  @Test
  void aFamilyIsTheSumOfItsMembersUnderOneName() throws Exception {
    BudgetCheck check = check("families", 2);
    assertThat(row(check, "read")).isEqualTo("read 1 1 0 ok");
    assertThat(row(check, "write")).isEqualTo("write 1 2 +1 OVER");
    assertThat(check.budget().lines().getLast().items())
        .extracting(Budget.Item::name)
        .containsExactlyElementsOf(SyscallFamily.WRITE.members());
  }

  @Test
  void whatIsIgnoredIsShownWithItsReason() throws Exception {
    BudgetCheck check = check("ignoring", 7);
    assertThat(check.keeps()).isTrue();
    assertThat(row(check, "write")).isEqualTo("write ignored 7  ignored");
    assertThat(check.evidence()).isEqualTo("read 1");
  }

  @Test
  void socketsHaveALineApartFromTheWakeUpsOfThreads() throws Exception {
    BudgetCheck check = check("onSockets", Mixes.handingOver(37));
    assertThat(check.keeps()).isFalse();
    assertThat(row(check, "read on socket")).isEqualTo("read on socket 1 1 0 ok");
    assertThat(row(check, "read on eventfd"))
        .isEqualTo("read on eventfd none 0.370 +0.370 NOT BUDGETED");
    assertThat(check("onSocketsAndWakeUps", Mixes.handingOver(37)).keeps()).isTrue();
    assertThat(row(check("onSocketsAndWakeUps", Mixes.handingOver(300)), "read|write on eventfd"))
        .isEqualTo("read|write on eventfd at most 1.5 3 +1.500 OVER");
  }

  @Test
  void descriptorsNeedATracerThatLooksAtThem() throws Exception {
    assertThatIllegalStateException()
        .isThrownBy(() -> check("onSockets", 1))
        .withMessageContaining("the line of read on socket says `on`, and strace does not look at");
  }

  @Test
  void loadsThatDoNotCompareAreInconclusive() throws Exception {
    BudgetCheck check = check("plain", Mixes.incomparable());
    assertThat(check.undecided())
        .hasValueSatisfying(reason ->
            assertThat(reason)
                .startsWith(
                    "the two loads do not compare: 100 operations made 80 calls of accept, and 200 operations 20"));
    assertThat(check("plain", 2).undecided()).isEmpty();
  }

  @Test
  void aTracerThatWatchesSomeCallsOnlyIsRefused() throws Exception {
    Budget budget = Budget.of(method("plain")).getFirst();
    assertThatIllegalStateException()
        .isThrownBy(() -> BudgetCheck.of(budget, new MeasuredCalls(Mixes.watched(1))))
        .withMessageContaining("a budget needs a tracer that watches all calls, and perf-stat");
  }

  private static BudgetCheck check(String method, long writes) throws Exception {
    return check(method, Mixes.launched(writes));
  }

  private static BudgetCheck check(String method, SyscallMix mix) throws Exception {
    return BudgetCheck.of(Budget.of(method(method)).getFirst(), new MeasuredCalls(mix));
  }

  private static Method method(String name) throws Exception {
    return Declarations.class.getDeclaredMethod(name);
  }

  private static String row(BudgetCheck check, String call) {
    BudgetCheck.Row row =
        check.rows().stream().filter(r -> r.name().equals(call)).findFirst().orElseThrow();
    return String.join(
        " ",
        row.name(),
        row.budget(),
        row.measured(),
        row.differenceText(),
        row.finding().toString());
  }

  @Tag("bad")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  abstract static class Bad {
    @Test
    void mustNotStart() {
      throw new AssertionError("started");
    }
  }

  static class MisspeltCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "raed", exactly = 1))
    void get() {}
  }

  static class NonsenseCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "qqq", exactly = 1))
    void get() {}
  }

  static class TruncatedCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "epoll", exactly = 1))
    void get() {}
  }

  static class TwiceCase extends Bad {
    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        budget = {@Calls(of = "read", exactly = 1), @Calls(of = "read", atMost = 2)})
    void get() {}
  }

  static class TwiceOnSocketsCase extends Bad {
    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        budget = {
          @Calls(of = "read", on = DescriptorKind.SOCKET, exactly = 1),
          @Calls(of = "read", atMost = 1)
        })
    void get() {}
  }

  static class TwiceInAFamilyCase extends Bad {
    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        budget = {
          @Calls(family = SyscallFamily.READ, exactly = 1),
          @Calls(of = "recvfrom", atMost = 1)
        })
    void get() {}
  }

  static class NamesAndFamilyCase extends Bad {
    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        budget = @Calls(of = "read", family = SyscallFamily.WRITE, exactly = 1))
    void get() {}
  }

  static class NamelessCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(exactly = 1))
    void get() {}
  }

  static class NegativeCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read", exactly = -1))
    void get() {}
  }

  static class UnboundedCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read"))
    void get() {}
  }

  static class UnexplainedCase extends Bad {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read", ignored = true))
    void get() {}
  }

  static class EmptyCase extends Bad {
    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        budget = {})
    void get() {}
  }

  static class NoTrialsCase extends Bad {
    @Test
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read", exactly = 1))
    void get() {}
  }

  @Test
  void aBadDeclarationStopsTheRunBeforeAnythingStarts() {
    refused(MisspeltCase.class, "\"raed\" is no system call; did you mean read?");
    refused(NonsenseCase.class, "\"qqq\" is no system call; give the kernel's name, as strace");
    refused(TruncatedCase.class, "\"epoll\" is no system call; did you mean one of [poll, ppoll,");
    refused(TwiceCase.class, "\"read\" has two lines; keep one");
    refused(TwiceOnSocketsCase.class, "\"read\" has two lines; keep one");
    refused(TwiceInAFamilyCase.class, "\"recvfrom\" has two lines; keep one");
    refused(NamesAndFamilyCase.class, "a line has `of` and `family`; make it two, or name the");
    refused(NamelessCase.class, "a line names no call; say which by `of` or by `family`");
    refused(NegativeCase.class, "the line of [read] has `exactly` = -1, which must be at least 0");
    refused(UnboundedCase.class, "the line of [read] must say one of `exactly`, `atMost`");
    refused(UnexplainedCase.class, "the line of [read] is `ignored`; say why in `because`");
    refused(EmptyCase.class, "`budget` has no line");
    refused(NoTrialsCase.class, "it needs @Trials on the same method");
  }

  private void refused(Class<?> fixture, String message) {
    Laboratory.Outcome outcome = new Laboratory(folder).run(fixture);
    assertThat(outcome.started()).isEmpty();
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("@SyscallsPerOperation on get: ")
        .contains(message);
  }

  @Tag("mistaken-level")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class MistakenLevelCase {
    List<String> kinds() {
      return List.of("plain", "fancy");
    }

    /** That it throws shows that it is not run: the budgets are looked at before. */
    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        at = "plain",
        budget = @Calls(of = "read", exactly = 1))
    @SyscallsPerOperation(
        operation = "GET",
        at = "fnacy",
        budget = @Calls(of = "read", exactly = 2))
    void get(@Factor("kinds") String kind) {
      throw new IllegalStateException("nothing must be measured, but was: " + kind);
    }
  }

  @Test
  void aLevelThatIsMisspeltIsFoundBeforeAnythingIsMeasured() {
    assumeTrue(Tracer.STRACE.obstacle().isEmpty(), "there is no tracer here");
    Outcome outcome = new Laboratory(folder).run(MistakenLevelCase.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("@SyscallsPerOperation on get: 0 budgets are for the levels [fancy]; their `at`")
        .contains("[plain, fnacy]");
  }

  @Tag("unused-level")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class UnusedLevelCase {
    List<String> kinds() {
      return List.of("plain");
    }

    @Trials
    @SyscallsPerOperation(
        operation = "GET",
        at = "plain",
        budget = @Calls(of = "read", exactly = 1))
    @SyscallsPerOperation(
        operation = "GET",
        at = "fancy",
        budget = @Calls(of = "read", exactly = 2))
    void get(@Factor("kinds") String kind) {
      throw new IllegalStateException("nothing must be measured, but was: " + kind);
    }
  }

  static class FewerLevelsCase extends UnusedLevelCase {
    @Override
    List<String> kinds() {
      return List.of("fancy");
    }
  }

  @Test
  void aBudgetForALevelThatThereIsNotIsFoundToo() {
    assumeTrue(Tracer.STRACE.obstacle().isEmpty(), "there is no tracer here");
    Outcome outcome = new Laboratory(folder).run(UnusedLevelCase.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("@SyscallsPerOperation on get: no trial is `at` = \"fancy\"; its levels are")
        .contains("[plain]");
  }

  @Test
  void aClassThatExtendsAnExperimentMayDoWithoutALevel() {
    assumeTrue(Tracer.STRACE.obstacle().isEmpty(), "there is no tracer here");
    Outcome outcome = new Laboratory(folder).run(FewerLevelsCase.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("nothing must be measured, but was: fancy");
  }

  @Tag("unmeasured")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class UnmeasuredCase {
    /** A run without a tracer skips it, and says so. */
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read", exactly = 1))
    void get() {}
  }

  @Tag("own-assertion")
  @Experiment(title = "t", shows = "s", doesNotShow = "d")
  static class OwnAssertionCase {
    @Trials
    @SyscallsPerOperation(operation = "GET", budget = @Calls(of = "read", exactly = 1))
    void get() {
      throw new AssertionError("the reply is wrong");
    }
  }

  @Test
  void aTrialWhoseOwnAssertionFailsLeavesItsEvidence() throws IOException {
    Laboratory.Outcome outcome = new Laboratory(folder).run(OwnAssertionCase.class);
    Artifact artifact = outcome.artifact("own_assertion").orElseThrow();
    assertThat(artifact.mechanisms().getFirst().verdict()).isEqualTo(Verdict.NOT_RUN);
    if (outcome.skipReasons().isEmpty()) {
      assertThat(artifact.mechanisms())
          .extracting(MechanismVerdict::detail)
          .containsExactly(
              "no trial met its own assertions", "get, trial 1 of 1: the reply is wrong");
    }
  }

  @Test
  void aTrialThatMeasuresNothingMakesTheRunInvalid() {
    Laboratory.Outcome outcome = new Laboratory(folder).run(UnmeasuredCase.class);
    if (outcome.skipReasons().isEmpty()) {
      assertThat(outcome.failures())
          .singleElement()
          .asString()
          .contains("the trial must measure once by lab.syscalls(…).perOperation(…)")
          .contains("it measured 0 times");
    } else {
      assertThat(outcome.skipReasons()).first().asString().contains("is closed");
    }
  }
}

package dev.socketlab.experiment;

import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.ExperimentRun.Outcome;
import dev.socketlab.subject.SubjectException;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/** Leads a class with {@link Experiment} through its life; see there. */
final class ExperimentExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        AfterTestExecutionCallback,
        AfterEachCallback,
        AfterAllCallback,
        ExecutionCondition,
        ParameterResolver,
        TestExecutionExceptionHandler,
        TestWatcher {

  private static final Namespace NAMESPACE = Namespace.create(ExperimentExtension.class);

  ExperimentExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    ExperimentSetup.start(context).enter(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String method = context.getRequiredTestMethod().getName();
    String name = context.getDisplayName();
    ExperimentRun run = ExperimentRun.of(context);
    run.lab().openScope(name.startsWith(method) ? name : method);
    if (ExperimentMethods.isMechanism(context.getRequiredTestMethod()) && run.hasTrials()) {
      requireObservations(context, run);
    }
    if (run.isPrivate() && !isParallel(context)) {
      context.getStore(NAMESPACE).put(StraySockets.class, StraySockets.sinceNow());
    }
  }

  private static void requireObservations(ExtensionContext context, ExperimentRun run) {
    try {
      Observations.requireSome(context.getRequiredTestInstance());
    } catch (IllegalStateException nothing) {
      run.invalidate(String.valueOf(nothing.getMessage()));
      throw nothing;
    }
  }

  /** Other tests of this JVM may then open sockets, and rightly so. */
  private static boolean isParallel(ExtensionContext context) {
    return context
        .getConfigurationParameter("junit.jupiter.execution.parallel.enabled", Boolean::valueOf)
        .orElse(false);
  }

  /** Where a subject has died, that is the cause, and what the test threw is a symptom. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable thrown)
      throws Throwable {
    try {
      ExperimentRun.of(context).lab().failIfASubjectDied();
    } catch (SubjectException death) {
      death.addSuppressed(thrown);
      throw death;
    }
    throw thrown;
  }

  /** A trial that has not failed by itself is held against its budget. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isEmpty()) {
      ExperimentRun.of(context).judgeBudget(context.getRequiredTestMethod());
    }
  }

  /** Ends the subjects of the invocation, then enters its outcome as a verdict. */
  @Override
  public void afterEach(ExtensionContext context) {
    ExperimentRun run = ExperimentRun.of(context);
    Method method = context.getRequiredTestMethod();
    RuntimeException died = null;
    try {
      run.lab().closeScope();
      StraySockets sockets =
          context.getStore(NAMESPACE).remove(StraySockets.class, StraySockets.class);
      if (sockets != null) {
        sockets.failIfAny();
      }
    } catch (RuntimeException failure) {
      died = failure;
    }
    Throwable failure = died == null ? context.getExecutionException().orElse(null) : died;
    Outcome outcome = judge(run, method, context.getDisplayName(), failure);
    run.enter(method, outcome);
    if (ExperimentMethods.hasMechanisms(method)) {
      run.enter(method, context.getDisplayName(), outcome);
    }
    if (died != null) {
      throw died;
    }
  }

  private static Outcome judge(
      ExperimentRun run, Method method, String name, @Nullable Throwable failure) {
    Verdict good = run.lab().takeIsNote() ? Verdict.NOTE : Verdict.HOLDS;
    String evidence = run.lab().takeEvidence();
    return switch (failure) {
      case null -> new Outcome(good, evidence);
      case BudgetExceeded _ -> new Outcome(Verdict.HOLDS, evidence); // a mechanism of its own
      case AssertionError error ->
          new Outcome(Verdict.FAILED, message(name, error, ExperimentMethods.isTrials(method)));
      case TestAbortedException aborted when !ExperimentMethods.isTrials(method) ->
          new Outcome(Verdict.INCONCLUSIVE, String.valueOf(aborted.getMessage()));
      default -> {
        String reason = name + ": " + firstLine(failure);
        if (isIndependent(run, method)) {
          run.addInvalidTrial(reason);
          yield new Outcome(Verdict.INCONCLUSIVE, "INVALID  " + firstLine(failure));
        }
        if (ExperimentMethods.isMechanism(method) && !run.invalidTrials().isEmpty()) {
          yield new Outcome(
              Verdict.INCONCLUSIVE, "without the invalid trials: " + firstLine(failure));
        }
        run.invalidate(reason);
        yield new Outcome(Verdict.FAILED, "INVALID  " + firstLine(failure));
      }
    };
  }

  /** Nothing goes on behind a thread that hangs. */
  private static boolean isIndependent(ExperimentRun run, Method method) {
    return ExperimentMethods.isTrials(method)
        && method.getAnnotation(Trials.class).independent()
        && !run.thread().isStuck();
  }

  private static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    return failure.getClass().getSimpleName() + ": " + message.lines().findFirst().orElse("");
  }

  private static String message(String name, AssertionError error, boolean isTrial) {
    String message = String.valueOf(error.getMessage()).strip();
    return isTrial ? name + ": " + message : message;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Optional<ExperimentRun> found = ExperimentRun.find(context);
    if (found.isEmpty()) {
      return; // it never started, and JUnit reports why
    }
    ExperimentRun run = found.get();
    context
        .getExecutionException()
        .ifPresent(failure -> run.invalidate(context.getDisplayName() + ": " + failure));
    RuntimeException died = null;
    try {
      run.lab().closeScope();
    } catch (RuntimeException failure) {
      run.invalidate(String.valueOf(failure.getMessage()));
      died = failure;
    }
    run.progress().over();
    new ExperimentConclusion(context, run).publish();
    if (died != null) {
      throw died;
    }
  }

  /** Skips what cannot lead to a valid result any more. */
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<Method> method = context.getTestMethod();
    Class<?> type = context.getRequiredTestClass();
    if (method.isEmpty() && Controls.isControl(type) && Controls.current(context).isEmpty()) {
      Controls.requireNestedInItsExperiment(type);
      return ConditionEvaluationResult.disabled("a control; it runs with its experiment");
    }
    Optional<ExperimentRun> run = ExperimentRun.find(context);
    if (method.isEmpty() || run.isEmpty()) {
      return ConditionEvaluationResult.enabled("the experiment has not begun");
    }
    Optional<String> invalid = run.get().invalid();
    if (invalid.isPresent()) {
      return ConditionEvaluationResult.disabled("the run is invalid already: " + invalid.get());
    }
    if (ExperimentMethods.isMechanism(method.get())) {
      Optional<String> missing = ExperimentConclusion.missingTrials(context, run.get());
      if (missing.isPresent()) {
        return ConditionEvaluationResult.disabled(
            "a mechanism needs every trial, but " + missing.get());
      }
    }
    return ConditionEvaluationResult.enabled("the run is valid so far");
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    ExperimentRun.find(context)
        .filter(run -> run.invalid().isEmpty())
        .ifPresent(run ->
            run.enter(
                context.getRequiredTestMethod(),
                new Outcome(Verdict.NOT_RUN, reason.orElse("disabled, no reason given"))));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Lab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return ExperimentRun.of(context).lab();
  }
}

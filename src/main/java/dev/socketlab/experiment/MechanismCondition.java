package dev.socketlab.experiment;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Refuses a mechanism outside of an experiment, before JUnit looks for its parameters. */
final class MechanismCondition implements ExecutionCondition {

  MechanismCondition() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    MethodCheck.requireExperiment("@Mechanism", context);
    return ConditionEvaluationResult.enabled("it is in an experiment");
  }
}

package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a mechanism as its statement and a template of trials as its method's name. */
final class ExperimentNames extends DisplayNameGenerator.Standard {

  ExperimentNames() {}

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> type, Method method) {
    return ExperimentMethods.isTrials(method) || ExperimentMethods.isMechanism(method)
        ? ExperimentMethods.statement(method)
        : super.generateDisplayNameForMethod(enclosing, type, method);
  }
}

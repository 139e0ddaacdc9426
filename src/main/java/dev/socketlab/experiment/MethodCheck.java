package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Refuses methods that JUnit would pass over with no more than a warning: the run would be partial,
 * and green.
 */
final class MethodCheck {

  private MethodCheck() {}

  static void requireRunnable(ExperimentMethods methods) {
    for (Method method : methods.trials()) {
      requireRunnable("@Trials", method);
      for (Parameter parameter : method.getParameters()) {
        requireFactor(method, parameter);
      }
    }
    for (Method method : methods.mechanisms()) {
      requireRunnable(
          ExperimentMethods.isMechanism(method) ? "@Mechanism" : "a test annotation", method);
    }
  }

  private static void requireRunnable(String annotation, Method method) {
    String obstacle =
        Modifier.isPrivate(method.getModifiers())
            ? "is private"
            : Modifier.isStatic(method.getModifiers())
                ? "is static"
                : method.getReturnType() != void.class
                    ? "returns " + method.getReturnType().getSimpleName()
                    : "";
    if (!obstacle.isEmpty()) {
      throw new ExtensionConfigurationException(
          "%s on %s: the method %s, so JUnit does not run it; make it `void %s(…)`"
              .formatted(annotation, method.getName(), obstacle, method.getName()));
    }
  }

  /** Refuses a method whose class is no experiment. */
  static void requireExperiment(String annotation, ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    if (!AnnotationSupport.isAnnotated(type, Experiment.class)) {
      throw new ExtensionConfigurationException(
          "%s on %s: %s has no @Experiment; add @Experiment(title = …, shows = …, doesNotShow = …)"
                  .formatted(
                      annotation, context.getRequiredTestMethod().getName(), type.getSimpleName())
              + " and a @Tag to the class");
    }
  }

  /** An experiment without a verdict would be green whatever comes out. */
  static void requireAssertions(Class<?> type, Budgets budgets) {
    if (ExperimentMethods.of(type).mechanisms().isEmpty() && budgets.methods().isEmpty()) {
      throw new ExtensionConfigurationException(
          "@Experiment on %s: it asserts nothing; add a @Mechanism, or a @SyscallsPerOperation or"
                  .formatted(type.getSimpleName())
              + " @CountersPerOperation to its @Trials");
    }
  }

  /** JUnit runs a nested class after its outer one's methods, when the experiment is over. */
  static void requireNoNestedClass(Class<?> type) {
    ReflectionSupport.findNestedClasses(
            type, nested -> AnnotationSupport.isAnnotated(nested, Nested.class))
        .stream()
        .findFirst()
        .ifPresent(nested -> {
          throw new ExtensionConfigurationException(
              "@Nested on %s: the experiment %s runs its own methods only; move them there, or to a"
                      .formatted(nested.getSimpleName(), type.getSimpleName())
                  + " class of its own");
        });
  }

  /** A verdict is known by its statement: in controls, in comparisons, and for its readers. */
  static void requireDistinct(Class<?> type, Budgets budgets) {
    Map<String, Method> seen = new LinkedHashMap<>();
    ExperimentMethods methods = ExperimentMethods.of(type);
    methods.trials().forEach(method -> enter(type, seen, "@Trials " + method.getName(), method));
    methods
        .mechanisms()
        .forEach(method -> enter(type, seen, ExperimentMethods.statement(method), method));
    budgets.methods().forEach(method -> enter(type, seen, budgets.statement(method), method));
  }

  private static void enter(
      Class<?> type, Map<String, Method> seen, String statement, Method method) {
    Method other = seen.put(statement, method);
    if (other != null) {
      throw new ExtensionConfigurationException(
          "%s: the methods %s and %s have the same statement, \"%s\"; give each its own"
              .formatted(type.getSimpleName(), other.getName(), method.getName(), statement));
    }
  }

  /** Levels are plain values or enums; nobody else resolves a parameter of such a type. */
  private static void requireFactor(Method method, Parameter parameter) {
    Class<?> type = parameter.getType();
    boolean plain =
        type.isPrimitive()
            || type.isEnum()
            || type == String.class
            || Number.class.isAssignableFrom(type);
    if (plain && parameter.getAnnotations().length == 0) {
      throw new ExtensionConfigurationException(
          "@Trials on %s: its parameter of type %s has no @Factor; add @Factor(\"levels\"), and a"
                  .formatted(method.getName(), type.getSimpleName())
              + " method levels() that returns the levels");
    }
  }
}

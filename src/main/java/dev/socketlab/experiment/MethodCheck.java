package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

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

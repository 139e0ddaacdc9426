package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.platform.commons.support.AnnotationSupport;

/** Shows a mechanism as its statement and a template of trials as its method's name. */
final class ExperimentNames extends DisplayNameGenerator.Standard {

  ExperimentNames() {}

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> type, Method method) {
    if (AnnotationSupport.isAnnotated(method, Trials.class)) {
      return method.getName();
    }
    return AnnotationSupport.findAnnotation(method, Mechanism.class)
        .map(Mechanism::value)
        .orElseGet(() -> super.generateDisplayNameForMethod(enclosing, type, method));
  }
}

package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/** What an experiment's class declares: the methods with trials, and those whose outcome counts. */
record ExperimentMethods(List<Method> trials, List<Method> mechanisms) {

  /**
   * Trials first, then plain tests, then mechanisms; within each, by {@code @Order} and then name.
   */
  static final Comparator<Method> ORDER_OF_LIFE =
      Comparator.comparingInt(ExperimentMethods::stage)
          .thenComparingInt(ExperimentMethods::order)
          .thenComparing(Method::getName);

  static ExperimentMethods of(Class<?> experiment) {
    List<Method> tests =
        AnnotationSupport.findAnnotatedMethods(
            experiment, Test.class, HierarchyTraversalMode.TOP_DOWN);
    List<Method> templates =
        AnnotationSupport.findAnnotatedMethods(
            experiment, TestTemplate.class, HierarchyTraversalMode.TOP_DOWN);
    List<Method> trials = templates.stream().filter(ExperimentMethods::isTrials).toList();
    List<Method> mechanisms =
        Stream.concat(tests.stream(), templates.stream().filter(method -> !isTrials(method)))
            .sorted(ORDER_OF_LIFE)
            .toList();
    return new ExperimentMethods(trials, mechanisms);
  }

  static boolean isTrials(Method method) {
    return AnnotationSupport.isAnnotated(method, Trials.class);
  }

  static boolean isMechanism(Method method) {
    return AnnotationSupport.isAnnotated(method, Mechanism.class) || hasMechanisms(method);
  }

  /** Whether each of its invocations is a mechanism of its own. */
  static boolean hasMechanisms(Method method) {
    return AnnotationSupport.isAnnotated(method, Mechanisms.class);
  }

  static String statement(Method method) {
    return AnnotationSupport.findAnnotation(method, Mechanism.class)
        .map(Mechanism::value)
        .orElse(method.getName());
  }

  private static int stage(Method method) {
    if (isTrials(method)) {
      return 0;
    }
    return isMechanism(method) ? 2 : 1;
  }

  private static int order(Method method) {
    return AnnotationSupport.findAnnotation(method, Order.class)
        .map(Order::value)
        .orElse(Order.DEFAULT);
  }
}

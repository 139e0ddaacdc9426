package dev.socketlab.experiment;

import java.util.Comparator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.Order;

/**
 * Trials first, then plain tests, then mechanisms; within each, by {@code @Order} and then name. It
 * is an OrderAnnotation because JUnit calls {@code @Order} ineffective under any other orderer.
 */
final class LifeOfAnExperiment extends MethodOrderer.OrderAnnotation {

  LifeOfAnExperiment() {}

  @Override
  public void orderMethods(MethodOrdererContext context) {
    context
        .getMethodDescriptors()
        .sort(
            Comparator.<MethodDescriptor>comparingInt(LifeOfAnExperiment::stage)
                .thenComparingInt(LifeOfAnExperiment::order)
                .thenComparing(descriptor -> descriptor.getMethod().getName()));
  }

  private static int stage(MethodDescriptor method) {
    if (method.isAnnotated(Trials.class)) {
      return 0;
    }
    return method.isAnnotated(Mechanism.class) ? 2 : 1;
  }

  private static int order(MethodDescriptor method) {
    return method.findAnnotation(Order.class).map(Order::value).orElse(Order.DEFAULT);
  }
}

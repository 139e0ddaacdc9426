package dev.socketlab.gate;

import dev.socketlab.gate.internal.GateAnnotations;
import dev.socketlab.gate.internal.GateCheck;
import dev.socketlab.gate.internal.GateClosedException;
import dev.socketlab.gate.internal.GateLedger;
import dev.socketlab.gate.internal.StrictMode;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Checks every gate on a class or method, enters it in the ledger, and skips or fails. */
final class GateCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<Annotation> gates = context.getElement().map(GateAnnotations::on).orElseGet(List::of);
    if (gates.isEmpty()) {
      return ConditionEvaluationResult.enabled("no gates here");
    }
    List<GateCheck> closed = new ArrayList<>();
    for (Annotation gate : gates) {
      GateCheck check = check(context, gate);
      if (!check.finding().open()) {
        closed.add(check);
      }
    }
    return closed.isEmpty()
        ? ConditionEvaluationResult.enabled("all " + gates.size() + " gates are open")
        : close(context, closed);
  }

  private static ConditionEvaluationResult close(ExtensionContext context, List<GateCheck> closed) {
    String demanded = describe(closed, GateCheck::failsTheRun);
    if (!demanded.isEmpty()) {
      String others = describe(closed, check -> !check.failsTheRun());
      throw new GateClosedException(
          "demanded by %s, but %s%s (%s)"
              .formatted(
                  StrictMode.KEY,
                  demanded,
                  others.isEmpty() ? "" : "; also closed: " + others,
                  context.getDisplayName()));
    }
    String why = describe(closed, _ -> true);
    System.out.println("SKIPPED " + context.getDisplayName() + ": " + why);
    return ConditionEvaluationResult.disabled(why);
  }

  private static String describe(List<GateCheck> checks, Predicate<GateCheck> which) {
    return checks.stream().filter(which).map(GateCheck::describe).collect(Collectors.joining("; "));
  }

  private static GateCheck check(ExtensionContext context, Annotation gate) {
    Class<? extends Annotation> type = gate.annotationType();
    GateDetector<Annotation> detector = detector(type);
    return GateLedger.of(context)
        .enter(
            gate,
            context.getRequiredTestClass(),
            subject(context),
            detector.name(gate),
            StrictMode.of(context),
            () -> detector.detect(gate));
  }

  /**
   * The gate's annotation names a detector for that very annotation type; checked when it is
   * called.
   */
  @SuppressWarnings("unchecked")
  private static GateDetector<Annotation> detector(Class<? extends Annotation> type) {
    Class<? extends GateDetector<?>> detector = type.getAnnotation(Gate.class).value();
    try {
      return (GateDetector<Annotation>) ReflectionSupport.newInstance(detector);
    } catch (RuntimeException failure) {
      throw new ExtensionConfigurationException(
          "@Gate on @"
              + type.getSimpleName()
              + ": `value` = "
              + detector.getName()
              + " cannot be created; it needs a constructor without parameters",
          failure);
    }
  }

  /** An experiment is called by its tag, anything else by its class. */
  private static String subject(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    List<Tag> tags = AnnotationSupport.findRepeatableAnnotations(type, Tag.class);
    return tags.isEmpty() ? type.getSimpleName() : tags.getFirst().value();
  }
}

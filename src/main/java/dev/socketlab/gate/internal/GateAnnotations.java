package dev.socketlab.gate.internal;

import dev.socketlab.gate.Gate;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Finds gates: direct, composed into other annotations, repeated, and inherited by classes. */
public final class GateAnnotations {

  private GateAnnotations() {}

  public static List<Annotation> on(AnnotatedElement element) {
    List<Annotation> found = new ArrayList<>();
    collect(element, found, new ArrayList<>());
    return found;
  }

  private static void collect(
      AnnotatedElement element, List<Annotation> found, List<Class<?>> seen) {
    for (Annotation annotation : element.getAnnotations()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.isAnnotationPresent(Gate.class)) {
        found.add(annotation);
      } else if (isContainerOfGates(type)) {
        found.addAll(contents(annotation));
      } else if (!type.getName().startsWith("java.lang.") && !seen.contains(type)) {
        seen.add(type);
        collect(type, found, seen);
      }
    }
  }

  private static boolean isContainerOfGates(Class<? extends Annotation> type) {
    try {
      Class<?> content = type.getMethod("value").getReturnType().getComponentType();
      return content != null && content.isAnnotationPresent(Gate.class);
    } catch (NoSuchMethodException _) {
      return false;
    }
  }

  private static List<Annotation> contents(Annotation container) {
    try {
      return List.of(
          (Annotation[]) container.annotationType().getMethod("value").invoke(container));
    } catch (ReflectiveOperationException failure) {
      throw new ExtensionConfigurationException("cannot read " + container, failure);
    }
  }
}

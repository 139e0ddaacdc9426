package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;

/** A method of the experiment that an annotation names, and that gives a collection. */
final class SourceMethod {

  private SourceMethod() {}

  /** Calls it in the network of the experiment: what it gives may be a matter of that. */
  static Collection<?> call(
      ExtensionContext context, String annotation, Method annotated, String source) {
    Class<?> type = context.getRequiredTestClass();
    String where = "%s(\"%s\") on %s: ".formatted(annotation, source, annotated.getName());
    Method method =
        Stream.of(new Class<?>[0], new Class<?>[] {Lab.class})
            .flatMap(parameters -> ReflectionSupport.findMethod(type, source, parameters).stream())
            .findFirst()
            .orElseThrow(() ->
                new ExtensionConfigurationException(
                    where
                        + type.getSimpleName()
                        + " has no method "
                        + source
                        + "() or "
                        + source
                        + "(Lab)"));
    if (inNetwork(context, method) instanceof Collection<?> collection) {
      return collection;
    }
    throw new ExtensionConfigurationException(
        where
            + "the method returns "
            + method.getReturnType().getSimpleName()
            + ", it must return a collection");
  }

  private static Object inNetwork(ExtensionContext context, Method method) {
    Callable<Object> call =
        () -> context.getExecutableInvoker().invoke(method, context.getRequiredTestInstance());
    try {
      return Deadline.call(ExperimentRun.of(context), context, call);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(method.getName() + " failed", failure);
    }
  }
}

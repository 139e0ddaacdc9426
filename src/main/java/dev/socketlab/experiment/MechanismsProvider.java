package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Expands a {@link Mechanisms} method: one test for each mechanism. */
final class MechanismsProvider implements TestTemplateInvocationContextProvider {

  MechanismsProvider() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    MethodCheck.requireExperiment("@Mechanisms", context);
    Method method = context.getRequiredTestMethod();
    String source =
        AnnotationSupport.findAnnotation(method, Mechanisms.class).orElseThrow().value();
    Collection<?> mechanisms = SourceMethod.call(context, "@Mechanisms", method, source);
    Set<String> statements = new LinkedHashSet<>();
    for (Object mechanism : mechanisms) {
      if (!statements.add(String.valueOf(mechanism))) {
        throw refused(method, source, "has two mechanisms that say \"" + mechanism + "\"");
      }
    }
    if (statements.isEmpty()) {
      throw refused(method, source, "has no mechanisms");
    }
    ExperimentRun.of(context).planMechanisms(method, List.copyOf(statements));
    return mechanisms.stream().map(Invocation::new);
  }

  private static ExtensionConfigurationException refused(
      Method method, String source, String fault) {
    return new ExtensionConfigurationException(
        "@Mechanisms(\"" + source + "\") on " + method.getName() + " " + fault);
  }

  /** One mechanism as a test invocation of its own. */
  private record Invocation(Object mechanism)
      implements TestTemplateInvocationContext, ParameterResolver {

    @Override
    public String getDisplayName(int invocationIndex) {
      return String.valueOf(mechanism);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().isInstance(mechanism);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return mechanism;
    }
  }
}

package dev.socketlab.experiment;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Expands a {@link Trials} method: every trial of the full factorial, trials outermost. */
final class TrialsProvider implements TestTemplateInvocationContextProvider {

  TrialsProvider() {}

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  /** A control may do without some of the trials. */
  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return Controls.leavesOut(context.getRequiredTestClass(), context.getRequiredTestMethod());
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    MethodCheck.requireExperiment("@Trials", context);
    Method method = context.getRequiredTestMethod();
    ExperimentRun run = ExperimentRun.of(context);
    try {
      return invocations(context, method, run);
    } catch (RuntimeException | Error failure) {
      // Not a single trial is there, and what comes after must not say that none was selected.
      run.invalidate(method.getName() + ": " + failure.getMessage());
      throw failure;
    }
  }

  private static Stream<TestTemplateInvocationContext> invocations(
      ExtensionContext context, Method method, ExperimentRun run) {
    if (Controls.leavesOut(context.getRequiredTestClass(), method)) {
      run.plan(method, 0);
      return Stream.empty();
    }
    Trials annotation = method.getAnnotation(Trials.class);
    int trials = trials(method, annotation, run.parameters());
    List<Cell> cells = cells(context, method);
    run.budgets()
        .requireFit(
            context.getRequiredTestClass(), method, cells.stream().map(Cell::levels).toList());
    run.plan(method, trials * cells.size());
    List<TestTemplateInvocationContext> invocations = new ArrayList<>();
    Optional<Random> order = order(method, annotation, run.parameters());
    for (int number = 1; number <= trials; number++) {
      List<Cell> round = new ArrayList<>(cells);
      order.ifPresent(random -> Collections.shuffle(round, random));
      for (Cell cell : round) {
        invocations.add(
            new Invocation(cell, new Trial(cell.name(method), cell.levels(), number, trials)));
      }
    }
    return invocations.stream();
  }

  private static int trials(Method method, Trials annotation, Parameters parameters) {
    if (annotation.parameter().isEmpty()) {
      if (annotation.value() < 1) {
        throw new ExtensionConfigurationException(
            "@Trials on "
                + method.getName()
                + ": `value` = "
                + annotation.value()
                + " must be at least 1");
      }
      return annotation.value();
    }
    return declared(method, "parameter", annotation.parameter(), Integer.class, parameters);
  }

  private static Optional<Random> order(Method method, Trials annotation, Parameters parameters) {
    String key = annotation.orderSeed();
    return key.isEmpty()
        ? Optional.empty()
        : Optional.of(new Random(declared(method, "orderSeed", key, Long.class, parameters)));
  }

  private static <T> T declared(
      Method method, String attribute, String key, Class<T> type, Parameters parameters) {
    return parameters
        .find(key)
        .map(parameters::get)
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(() ->
            new ExtensionConfigurationException(
                "@Trials on "
                    + method.getName()
                    + ": `"
                    + attribute
                    + "` = \""
                    + key
                    + "\" is no declared "
                    + type.getSimpleName().toLowerCase(Locale.ROOT)
                    + " parameter of the experiment"));
  }

  private static List<Cell> cells(ExtensionContext context, Method method) {
    List<Cell> cells = List.of(new Cell(List.of()));
    for (Parameter parameter : method.getParameters()) {
      if (parameter.isAnnotationPresent(Factor.class)) {
        List<Object> levels = levels(context, method, parameter);
        cells =
            cells.stream()
                .flatMap(cell -> levels.stream().map(level -> cell.with(parameter, level)))
                .toList();
      }
    }
    return cells;
  }

  private static List<Object> levels(ExtensionContext context, Method method, Parameter parameter) {
    String source = parameter.getAnnotation(Factor.class).value();
    List<Object> levels =
        source.isEmpty()
            ? constants(method, parameter)
            : new ArrayList<>(SourceMethod.call(context, "@Factor", method, source));
    if (levels.isEmpty()) {
      throw new ExtensionConfigurationException(
          "@Factor(\"" + source + "\") on " + method.getName() + " has no levels");
    }
    Set<String> shown = new HashSet<>();
    for (Object level : levels) {
      requireFit(method, parameter, source, level);
      if (!shown.add(String.valueOf(level))) {
        throw new ExtensionConfigurationException(
            "@Factor(\"%s\") on %s has two levels that are shown as \"%s\""
                .formatted(source, method.getName(), level));
      }
    }
    return levels;
  }

  private static void requireFit(
      Method method, Parameter parameter, String source, @Nullable Object level) {
    Class<?> type = parameter.getType();
    boolean fits;
    try {
      Array.set(Array.newInstance(type, 1), 0, level); // which widens, as a call does
      fits = true;
    } catch (IllegalArgumentException | NullPointerException _) {
      fits = false;
    }
    if (!fits) {
      throw new ExtensionConfigurationException(
          "@Factor(\"%s\") on %s: its level %s is of type %s, and the parameter of type %s"
              .formatted(
                  source,
                  method.getName(),
                  level,
                  level == null ? "null" : level.getClass().getSimpleName(),
                  type.getSimpleName()));
    }
  }

  private static List<Object> constants(Method method, Parameter parameter) {
    Object[] constants = parameter.getType().getEnumConstants();
    if (constants == null) {
      throw new ExtensionConfigurationException(
          "@Factor on "
              + method.getName()
              + ": `value` is empty, which needs an enum, but the"
              + " parameter is of type "
              + parameter.getType().getSimpleName()
              + "; name a method that gives the levels");
    }
    return Arrays.asList(constants);
  }

  /** One combination of levels. */
  private record Cell(List<Choice> choices) {

    Cell with(Parameter parameter, Object level) {
      List<Choice> longer = new ArrayList<>(choices);
      longer.add(new Choice(parameter, level));
      return new Cell(List.copyOf(longer));
    }

    String name(Method method) {
      return Stream.concat(Stream.of(method.getName()), levels().stream())
          .collect(Collectors.joining(" "));
    }

    List<String> levels() {
      return choices.stream().map(choice -> String.valueOf(choice.level())).toList();
    }
  }

  private record Choice(Parameter parameter, Object level) {}

  /** One trial as a test invocation of its own. */
  private record Invocation(Cell cell, Trial trial)
      implements TestTemplateInvocationContext, ParameterResolver {

    @Override
    public String getDisplayName(int invocationIndex) {
      return trial.toString();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      ExperimentRun.of(context).begin(trial);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Trial.class
          || parameter.isAnnotated(Factor.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return cell.choices().stream()
          .filter(choice -> choice.parameter().equals(parameter.getParameter()))
          .map(Choice::level)
          .findFirst()
          .orElse(trial);
    }
  }
}

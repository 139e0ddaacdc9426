package dev.socketlab.experiment;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The controls that an experiment declares, checked before anything starts. */
final class Controls {

  /** Given to the run of a control, which bears this name; nobody else sets it. */
  static final String KEY = "socketlab.control";

  private Controls() {}

  /**
   * One control.
   *
   * @param fails the statements of the mechanisms that must fail
   * @param mayFail the statements of those that may
   * @param invalidates what the error of its run must say, where it must be invalid; or empty
   * @param with parameters, by key
   */
  record Declared(
      Class<?> mutant,
      String says,
      Set<String> fails,
      Set<String> mayFail,
      String invalidates,
      Map<String, String> with) {

    boolean mustBeInvalid() {
      return !invalidates.isEmpty();
    }

    /** Whether a mechanism is in doubt where the control is missed. */
    boolean concerns(String statement) {
      return mustBeInvalid() || fails.contains(statement);
    }

    String name() {
      return mutant.getSimpleName();
    }
  }

  /** The name of the control that is being run, or empty in the run of an experiment. */
  static String current(ExtensionContext context) {
    return context.getConfigurationParameter(KEY).orElse("");
  }

  static boolean isControl(Class<?> type) {
    return type.isAnnotationPresent(Control.class);
  }

  /** A control that stands elsewhere would never run. */
  static void requireNestedInItsExperiment(Class<?> mutant) {
    Class<?> outer = mutant.getEnclosingClass();
    if (outer == null || !outer.isAssignableFrom(mutant)) {
      throw wrong(
          mutant, "it must be a static class nested in the experiment, and extend that experiment");
    }
  }

  static List<Declared> of(Class<?> experiment, Budgets budgets, List<Parameter<?>> parameters) {
    Map<String, String> statements = statements(experiment, budgets);
    return Arrays.stream(experiment.getDeclaredClasses())
        .filter(Controls::isControl)
        .sorted((one, other) -> one.getSimpleName().compareTo(other.getSimpleName()))
        .map(mutant -> declared(experiment, mutant, statements, parameters))
        .toList();
  }

  private static Map<String, String> statements(Class<?> experiment, Budgets budgets) {
    Map<String, String> statements = new LinkedHashMap<>();
    for (Method method : ExperimentMethods.of(experiment).mechanisms()) {
      statements.put(method.getName(), ExperimentMethods.statement(method));
    }
    for (Method method : budgets.methods()) {
      statements.put(method.getName(), budgets.statement(method));
    }
    return statements;
  }

  private static Declared declared(
      Class<?> experiment,
      Class<?> mutant,
      Map<String, String> statements,
      List<Parameter<?>> parameters) {
    int modifiers = mutant.getModifiers();
    if (!experiment.isAssignableFrom(mutant)
        || !Modifier.isStatic(modifiers)
        || Modifier.isPrivate(modifiers)
        || Modifier.isAbstract(modifiers)) {
      throw wrong(
          mutant,
          "it must extend "
              + experiment.getSimpleName()
              + ", and be static and neither private nor abstract");
    }
    requireSameMethods(experiment, mutant);
    Control control = mutant.getAnnotation(Control.class);
    boolean mustBeInvalid = !control.invalidates().isEmpty();
    if (control.value().isBlank() || (control.fails().length == 0 && !mustBeInvalid)) {
      throw wrong(mutant, "say in `value` what it breaks, and in `fails` what must notice");
    }
    if (mustBeInvalid && control.fails().length + control.mayFail().length > 0) {
      throw wrong(mutant, "in a run that it `invalidates` no mechanism fails; leave `fails` empty");
    }
    requireTrials(experiment, mutant, control);
    Set<String> fails = resolve(mutant, "fails", control.fails(), statements);
    Set<String> mayFail = resolve(mutant, "mayFail", control.mayFail(), statements);
    return new Declared(
        mutant,
        control.value(),
        fails,
        mayFail,
        control.invalidates(),
        with(mutant, control.with(), parameters));
  }

  private static void requireTrials(Class<?> experiment, Class<?> mutant, Control control) {
    List<String> wanted = List.of(control.trials());
    List<String> trials =
        ExperimentMethods.of(experiment).trials().stream().map(Method::getName).toList();
    for (String name : wanted) {
      if (!trials.contains(name)) {
        throw wrong(
            mutant,
            "`trials` = \"%s\" is no method with @Trials of the experiment; it has %s"
                .formatted(name, trials));
      }
    }
    for (String name : control.fails()) {
      if (!wanted.isEmpty() && trials.contains(name) && !wanted.contains(name)) {
        throw wrong(
            mutant, "`fails` = \"%s\", which `trials` leaves out; add it there".formatted(name));
      }
    }
  }

  /** Whether a class is a control that does without a method's trials. */
  static boolean leavesOut(Class<?> type, Method trials) {
    Control control = type.getAnnotation(Control.class);
    return control != null
        && control.trials().length > 0
        && !List.of(control.trials()).contains(trials.getName());
  }

  /** JUnit does not see a method that was overridden without its annotation. */
  private static void requireSameMethods(Class<?> experiment, Class<?> mutant) {
    Set<String> lost = names(experiment);
    lost.removeAll(names(mutant));
    if (!lost.isEmpty()) {
      throw wrong(
          mutant,
          "it overrides " + lost + " without the annotations; repeat them, or override less");
    }
  }

  private static Set<String> names(Class<?> type) {
    ExperimentMethods methods = ExperimentMethods.of(type);
    Set<String> names = new TreeSet<>();
    methods.trials().forEach(method -> names.add("@Trials " + method.getName()));
    methods.mechanisms().forEach(method -> names.add("@Mechanism " + method.getName()));
    Budgets budgets = Budgets.of(type);
    budgets
        .methods()
        .forEach(method -> names.add(budgets.annotation(method) + " " + method.getName()));
    return names;
  }

  private static Set<String> resolve(
      Class<?> mutant, String attribute, String[] names, Map<String, String> statements) {
    Set<String> resolved = new LinkedHashSet<>();
    for (String name : names) {
      String statement = statements.get(name);
      if (statement == null) {
        throw wrong(
            mutant,
            "`%s` = \"%s\" is no mechanism of the experiment; its mechanisms are the methods %s"
                .formatted(attribute, name, statements.keySet()));
      }
      resolved.add(statement);
    }
    return resolved;
  }

  private static Map<String, String> with(
      Class<?> mutant, String[] assignments, List<Parameter<?>> parameters) {
    Map<String, String> with = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      String key = assignment.substring(0, Math.max(0, equals));
      Parameter<?> parameter =
          parameters.stream()
              .filter(declared -> declared.key().equals(key))
              .findFirst()
              .orElseThrow(() ->
                  wrong(
                      mutant,
                      "`with` = \"%s\" is no assignment to a parameter of the experiment; it has %s"
                          .formatted(
                              assignment,
                              parameters.stream()
                                  .map(Parameter::key)
                                  .collect(Collectors.joining(", ")))));
      String text = assignment.substring(equals + 1);
      parameter.parse(text, Origin.CONFIGURATION);
      with.put(key, text);
    }
    return with;
  }

  private static ExtensionConfigurationException wrong(Class<?> mutant, String what) {
    return new ExtensionConfigurationException(
        "@Control on " + mutant.getSimpleName() + ": " + what);
  }

  /** What a control runs with: the experiment's own parameters, but for those that it changes. */
  static Map<String, String> parameters(Declared control, Parameters ofTheExperiment) {
    Map<String, String> parameters = new LinkedHashMap<>();
    ofTheExperiment
        .values()
        .forEach(value -> parameters.put(value.parameter().key(), value.text()));
    parameters.putAll(control.with());
    return parameters;
  }

  /** The mechanisms that no control turns red. */
  static List<String> without(List<Declared> controls, List<String> statements) {
    Set<String> controlled =
        controls.stream().flatMap(control -> control.fails().stream()).collect(Collectors.toSet());
    List<String> rest = new ArrayList<>(statements);
    rest.removeAll(controlled);
    return rest;
  }
}

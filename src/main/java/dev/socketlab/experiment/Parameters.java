package dev.socketlab.experiment;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The parameters that an experiment declares, with the values that they have in this run. */
final class Parameters {

  /** What the framework itself reads; see docs/parameters.md. */
  private static final Set<String> OF_THE_FRAMEWORK =
      Set.of(
          "socketlab.command",
          "socketlab.controls",
          "socketlab.kernel",
          "socketlab.output",
          "socketlab.place",
          "socketlab.progress",
          Deadline.KEY,
          "socketlab.refuse-empty-run",
          "socketlab.require",
          "socketlab.results");

  /** A user's build may name the version of this jar so, and Surefire passes it on to the tests. */
  private static final String OF_THE_BUILD = "socketlab.version";

  /**
   * What a JVM sets by itself, and what its networking reads: see {@link System#getProperties} and
   * {@code conf/net.properties} of the JDK.
   */
  private static final Pattern OF_THE_JDK =
      Pattern.compile(
          "(java|javax|jdk|sun|com\\.sun|os|user|file|path|line|native|stdin|stdout|stderr|awt"
              + "|apple|socksProxy|networkaddress)\\..+"
              + "|(http|https|ftp)\\.(proxy.+|nonProxyHosts|agent|auth\\..+|keepAlive.*"
              + "|maxConnections|maxRedirects|strictPostRedirect|protocols|cipherSuites)");

  private static final Pattern WITHOUT_A_FAMILY = Pattern.compile("socketlab\\.[^.]+");

  private final Map<Parameter<?>, Value<?>> values = new LinkedHashMap<>();

  private Parameters() {}

  record Value<T>(Parameter<T> parameter, T value, Origin origin) {

    String text() {
      return parameter.format(value);
    }
  }

  /** Where values are looked up; a seam for tests. */
  record Sources(
      Function<String, Optional<String>> configuration,
      Map<String, String> properties,
      Map<String, String> environment) {}

  /**
   * Lists what an experiment declares.
   *
   * @param experiment its class
   * @return the {@link Parameter} constants of the class, its superclasses and interfaces, sorted
   *     by key
   */
  public static List<Parameter<?>> declaredBy(Class<?> experiment) {
    Set<Field> fields =
        new LinkedHashSet<>(
            ReflectionSupport.findFields(
                experiment,
                field ->
                    Modifier.isStatic(field.getModifiers()) && field.getType() == Parameter.class,
                HierarchyTraversalMode.TOP_DOWN));
    List<Parameter<?>> declared = new ArrayList<>();
    for (Field field : fields) {
      declared.add(
          (Parameter<?>)
              ReflectionSupport.tryToReadFieldValue(field, null)
                  .getOrThrow(
                      failure -> new IllegalStateException("cannot read " + field, failure)));
    }
    return declared.stream()
        .distinct()
        .sorted(Comparator.comparing((Parameter<?> parameter) -> parameter.key()))
        .toList();
  }

  /**
   * The keys that the experiments of the same build declare; found by looking at all its classes.
   */
  static Set<String> ofTheBuild(Class<?> experiment) {
    CodeSource source = experiment.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Set.of();
    }
    try {
      return ReflectionSupport.findAllClassesInClasspathRoot(
              source.getLocation().toURI(),
              type -> AnnotationSupport.isAnnotated(type, Experiment.class),
              _ -> true)
          .stream()
          .flatMap(type -> declaredBy(type).stream())
          .map(Parameter::key)
          .collect(Collectors.toSet());
    } catch (URISyntaxException failure) {
      throw new IllegalStateException("no location of " + experiment.getName(), failure);
    }
  }

  static Parameters resolve(List<Parameter<?>> declared, Sources sources) {
    return resolve(declared, sources, Set::of);
  }

  /**
   * Finds the values.
   *
   * @param others gives the keys that other experiments of the build declare; asked for only where
   *     a property would be refused
   */
  static Parameters resolve(
      List<Parameter<?>> declared, Sources sources, Supplier<Set<String>> others) {
    rejectUnknown(declared, sources.properties().keySet(), others);
    Parameters parameters = new Parameters();
    declared.forEach(parameter -> parameters.values.put(parameter, resolve(parameter, sources)));
    return parameters;
  }

  private static <T> Value<T> resolve(Parameter<T> parameter, Sources sources) {
    Optional<String> configured = sources.configuration().apply(parameter.key());
    String property = sources.properties().get(parameter.key());
    if (configured.isPresent() && !configured.get().equals(property)) {
      return value(parameter, configured.get(), Origin.CONFIGURATION);
    }
    if (property != null) {
      return value(parameter, property, Origin.PROPERTY);
    }
    return parameter
        .environment()
        .flatMap(variable -> Optional.ofNullable(sources.environment().get(variable)))
        .map(text -> value(parameter, text, Origin.ENVIRONMENT))
        .orElseGet(() -> new Value<>(parameter, parameter.defaultValue(), Origin.DEFAULT));
  }

  private static <T> Value<T> value(Parameter<T> parameter, String text, Origin origin) {
    return new Value<>(parameter, parameter.parse(text, origin), origin);
  }

  /**
   * A misspelt property would otherwise be ignored, and the run would not be what was asked for.
   */
  private static void rejectUnknown(
      List<Parameter<?>> declared, Set<String> properties, Supplier<Set<String>> others) {
    Set<String> keys = declared.stream().map(Parameter::key).collect(Collectors.toSet());
    Set<String> families =
        keys.stream()
            .filter(key -> !WITHOUT_A_FAMILY.matcher(key).matches() && key.contains("."))
            .map(key -> key.substring(0, key.lastIndexOf('.') + 1))
            .collect(Collectors.toSet());
    for (String property : properties) {
      if (WITHOUT_A_FAMILY.matcher(property).matches()
          && !OF_THE_FRAMEWORK.contains(property)
          && !property.equals(OF_THE_BUILD)
          && !keys.contains(property)) {
        throw new ParameterException(
            property
                + " (system property) is no parameter of the framework; it has "
                + String.join(", ", OF_THE_FRAMEWORK.stream().sorted().toList()));
      }
      if (families.stream().anyMatch(property::startsWith)
          && !keys.contains(property)
          && !OF_THE_JDK.matcher(property).matches()
          && !others.get().contains(property)) {
        throw new ParameterException(
            property
                + " (system property) is no parameter of this experiment; it has "
                + String.join(", ", keys.stream().sorted().toList()));
      }
    }
  }

  <T> T get(Parameter<T> parameter) {
    Value<?> found = values.get(parameter);
    if (found == null) {
      throw new IllegalArgumentException(
          parameter.key() + " is not declared; make it a static final field of the experiment");
    }
    @SuppressWarnings("unchecked") // entered by resolve under a parameter of the same type
    T value = (T) found.value();
    return value;
  }

  Optional<Parameter<?>> find(String key) {
    return values.keySet().stream().filter(parameter -> parameter.key().equals(key)).findFirst();
  }

  Stream<Value<?>> values() {
    return values.values().stream();
  }
}

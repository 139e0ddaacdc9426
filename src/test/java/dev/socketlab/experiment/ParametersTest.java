package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.experiment.Parameters.Sources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

  private static final Parameter<Integer> ORDERS =
      Parameter.integer("lab.orders", 20_000, 1, 1_000_000)
          .environment("LAB_ORDERS")
          .unit("orders")
          .doc("how many");
  private static final Parameter<Long> SEED =
      Parameter.longInteger("lab.seed", 42, 0, Long.MAX_VALUE);
  private static final Parameter<List<Integer>> COUNTS =
      Parameter.integers("lab.counts", List.of(1, 4), 1, 100).environment("LAB_COUNTS");
  private static final Parameter<Boolean> PARTIAL = Parameter.flag("lab.partial", false);

  private static final Parameter<Origin> ORIGIN =
      Parameter.choice("lab.origin", Origin.DEFAULT, List.of(Origin.DEFAULT, Origin.PROPERTY));

  private static Parameters resolve(
      Map<String, String> configuration,
      Map<String, String> properties,
      Map<String, String> environment) {
    return Parameters.resolve(
        List.of(ORDERS, SEED, COUNTS, PARTIAL, ORIGIN),
        new Sources(
            key -> Optional.ofNullable(configuration.getOrDefault(key, properties.get(key))),
            properties,
            environment));
  }

  private static Origin originOfOrders(Parameters parameters) {
    return parameters
        .values()
        .filter(v -> v.parameter() == ORDERS)
        .findFirst()
        .orElseThrow()
        .origin();
  }

  @Test
  void configurationBeatsPropertyBeatsEnvironmentBeatsDefault() {
    Map<String, String> configuration = Map.of("lab.orders", "3");
    Map<String, String> properties = Map.of("lab.orders", "2");
    Map<String, String> environment = Map.of("LAB_ORDERS", "1");
    Parameters all = resolve(configuration, properties, environment);
    assertThat(all.get(ORDERS)).isEqualTo(3);
    assertThat(originOfOrders(all)).isEqualTo(Origin.CONFIGURATION);
    Parameters two = resolve(Map.of(), properties, environment);
    assertThat(two.get(ORDERS)).isEqualTo(2);
    assertThat(originOfOrders(two)).isEqualTo(Origin.PROPERTY);
    Parameters one = resolve(Map.of(), Map.of(), environment);
    assertThat(one.get(ORDERS)).isEqualTo(1);
    assertThat(originOfOrders(one)).isEqualTo(Origin.ENVIRONMENT);
    Parameters none = resolve(Map.of(), Map.of(), Map.of());
    assertThat(none.get(ORDERS)).isEqualTo(20_000);
    assertThat(originOfOrders(none)).isEqualTo(Origin.DEFAULT);
  }

  @Test
  void listsAndSwitchesAreRead() {
    Parameters parameters =
        resolve(Map.of(), Map.of("lab.partial", "1"), Map.of("LAB_COUNTS", "1 4, 16"));
    assertThat(parameters.get(COUNTS)).containsExactly(1, 4, 16);
    assertThat(parameters.get(PARTIAL)).isTrue();
    assertThat(parameters.get(ORIGIN)).isEqualTo(Origin.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lab.orders | -1 | is out of range; give a whole number from 1 to 1000000 orders",
        "lab.orders | 99999999999999999999 | is out of range",
        "lab.orders | 12x | is no whole number",
        "lab.orders | '' | is no whole number",
        "lab.seed | x | is no whole number; give a whole number from 0 to 9223372036854775807",
        "lab.counts | 1 0 | is out of range; give whole numbers from 1 to 100",
        "lab.counts | , | holds no number",
        "lab.origin | CONFIGURATION | is not known; give one of DEFAULT, PROPERTY",
        "lab.partial | maybe | is no switch; give 0, 1, false or true",
      })
  void aBadValueNamesParameterValueOriginAndRange(String key, String value, String message) {
    assertThatThrownBy(() -> resolve(Map.of(), Map.of(key, value), Map.of()))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith(key + "=" + value + " (system property) ")
        .hasMessageContaining(message)
        .hasMessageContaining("(default ");
  }

  @Test
  void aMisspeltPropertyIsNotIgnored() {
    assertThatThrownBy(() -> resolve(Map.of(), Map.of("lab.order", "5"), Map.of()))
        .isInstanceOf(ParameterException.class)
        .hasMessage(
            "lab.order (system property) is no parameter of this experiment; it has lab.counts,"
                + " lab.orders, lab.origin, lab.partial, lab.seed");
  }

  @ParameterizedTest
  @CsvSource({
    "http.requests, http.nonProxyHosts",
    "http.requests, http.auth.ntlm.domain",
    "https.requests, https.proxyPort",
    "user.count, user.home",
    "java.flags, java.version",
    "java.vm.flags, java.vm.name",
    "os.kind, os.name",
    "file.size, file.encoding",
    "sun.spots, sun.arch.data.model",
  })
  void aPropertyOfTheJdkIsNoParameter(String key, String property) {
    Parameters.resolve(
        List.of(Parameter.integer(key, 1, 1, 1)),
        new Sources(_ -> Optional.empty(), Map.of(property, "x"), Map.of()));
  }

  @Test
  void aMisspeltPropertyInAFamilyOfTheJdkIsNotIgnored() {
    List<Parameter<?>> declared = List.of(Parameter.integer("http.requests", 1, 1, 1));
    Sources sources = new Sources(_ -> Optional.empty(), Map.of("http.reqests", "5"), Map.of());
    assertThatThrownBy(() -> Parameters.resolve(declared, sources))
        .hasMessageStartingWith("http.reqests (system property) is no parameter of this");
  }

  @Test
  void aPropertyOfAnotherExperimentOfTheBuildIsNoMistake() {
    List<Parameter<?>> declared = List.of(Parameter.integer("shuffled.trials", 1, 1, 1));
    Sources sources = new Sources(_ -> Optional.empty(), Map.of("shuffled.seed", "5"), Map.of());
    Parameters.resolve(declared, sources, () -> Set.of("shuffled.seed"));
    assertThat(Parameters.ofTheBuild(LevelsTest.ShuffledCase.class)).contains("shuffled.seed");
  }

  @Test
  void aMisspeltPropertyOfTheFrameworkIsNotIgnored() {
    assertThatThrownBy(() -> resolve(Map.of(), Map.of("socketlab.plase", "host"), Map.of()))
        .isInstanceOf(ParameterException.class)
        .hasMessageStartingWith(
            "socketlab.plase (system property) is no parameter of the framework")
        .hasMessageContaining("socketlab.place, socketlab.progress");
    resolve(
        Map.of(),
        Map.of("socketlab.place", "host", "socketlab.other.orders", "5", "socketlab.version", "1"),
        Map.of()); // of the framework, of another experiment, and of the user's build
  }

  @Test
  void anUndeclaredParameterIsRefused() {
    Parameter<Integer> other = Parameter.integer("lab.other", 1, 1, 1);
    assertThatThrownBy(() -> resolve(Map.of(), Map.of(), Map.of()).get(other))
        .hasMessageContaining("lab.other is not declared");
  }

  @Test
  void declarationsAreFoundInTheClassAndItsInterfaces() {
    assertThat(Parameters.declaredBy(Sub.class))
        .extracting(Parameter::key)
        .containsExactly("declared.one", "declared.two");
  }

  interface Declared {
    Parameter<Integer> ONE = Parameter.integer("declared.one", 1, 1, 1);
  }

  abstract static class Base implements Declared {
    static final Parameter<Integer> TWO = Parameter.integer("declared.two", 1, 1, 1);
  }

  static final class Sub extends Base {}
}

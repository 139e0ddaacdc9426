package dev.socketlab.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Five recorded runs of {@code profile-io}, of the same code on the same machine. */
class RecordedRunsTest {

  private static final int RUNS = 5;

  static Stream<Arguments> pairs() {
    return IntStream.rangeClosed(1, RUNS)
        .boxed()
        .flatMap(a ->
            IntStream.rangeClosed(1, RUNS).filter(b -> b != a).mapToObj(b -> Arguments.of(a, b)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void runsOfTheSameCodeAreUnchanged(int before, int after) throws IOException {
    Comparison comparison = Comparison.of(artifact(json(before)), artifact(json(after)));
    assertThat(comparison.changed()).as(comparison.toText()).isFalse();
    assertThat(comparison.exactFigures()).isEqualTo(40);
    assertThat(comparison.notCompared()).isEmpty();
  }

  @Test
  void oneMoreWriteForEachRoundTripIsFound() throws IOException {
    String planted = json(2).replaceFirst("(?s)(\"call\": \"write\".{0,300}?\"whole\": )1", "$12");
    Comparison comparison = Comparison.of(artifact(json(1)), artifact(planted));
    assertThat(comparison.changes())
        .containsExactly(
            new Difference(
                "System calls per round trip: threaded [call=write] whole (calls)", "1", "2"));
  }

  private static Artifact artifact(String json) {
    return Artifact.fromJson(json);
  }

  private static String json(int run) throws IOException {
    String name = "/dev/socketlab/compare/profile-io-run-" + run + ".json";
    try (InputStream stream = RecordedRunsTest.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

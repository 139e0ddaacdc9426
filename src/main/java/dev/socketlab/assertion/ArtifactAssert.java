package dev.socketlab.assertion;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.compare.internal.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the artifact of a run.
 *
 * {@snippet :
 * assertThat(Artifact.fromJson(json)).isUnchangedSince(Path.of("results/redis_get.json"));
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class ArtifactAssert extends AbstractAssert<ArtifactAssert, Artifact> {

  ArtifactAssert(Artifact artifact) {
    super(artifact, ArtifactAssert.class);
  }

  /**
   * Verifies that nothing changed since another run: no verdict, no gate, no exact figure, and no
   * noisy one that the rank test can separate.
   *
   * @param baseline the run to compare with
   * @return this
   * @throws AssertionError with the whole comparison
   * @throws IllegalArgumentException if the baseline is of another experiment
   */
  public ArtifactAssert isUnchangedSince(Artifact baseline) {
    isNotNull();
    Comparison comparison = Comparison.of(baseline, actual);
    if (comparison.changed()) {
      throw failure("%s", comparison.toText());
    }
    return this;
  }

  /**
   * Verifies that nothing changed since a run that was published.
   *
   * @param json the JSON file of the run to compare with
   * @return this
   * @throws AssertionError with the whole comparison
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is not an artifact of the same experiment
   */
  public ArtifactAssert isUnchangedSince(Path json) {
    try {
      return isUnchangedSince(Artifact.fromJson(Files.readString(json)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the baseline: file=" + json, e);
    }
  }
}

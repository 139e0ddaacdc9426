package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.OperatingSystem;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Captures everything that does not depend on the experiment, its three parts side by side. */
public final class ProvenanceCapture {
  private static final String NOT_STATED = Provenance.unknown("not stated by the experiment");

  private ProvenanceCapture() {}

  /** The machine and its platform, which are found in different ways on each system. */
  record MachineFacts(Provenance.Hardware hardware, Provenance.Platform platform) {}

  /**
   * Captures the provenance of a run in the working directory.
   *
   * @return the provenance, with the network, subjects and tools still open
   */
  public static Provenance capture() {
    Path project = Path.of("");
    return capture(project, SourceScope.of(project));
  }

  /**
   * Captures the provenance of a run of the project in a folder.
   *
   * @param project the folder of the project
   * @param scope which of its files count
   * @return the provenance, with the network, subjects and tools still open
   */
  public static Provenance capture(Path project, SourceScope scope) {
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      Future<GitCheckout> git = threads.submit(() -> GitCheckout.of(project, scope.inputs()));
      Future<SourceDigest> digest = threads.submit(() -> SourceDigest.of(project, scope.digest()));
      MachineFacts machine =
          OperatingSystem.isMac() ? MacFacts.capture() : LinuxFacts.capture(Path.of("/"));
      return new Provenance(
          Provenance.CURRENT_VERSION,
          machine.hardware(),
          machine.platform(),
          NOT_STATED,
          jdk(),
          Map.of(),
          Map.of(),
          Libraries.of(System.getProperty("java.class.path", "")),
          source(git.get(), digest.get()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot capture the provenance: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the provenance was captured", e);
    }
  }

  private static String jdk() {
    return "%s %s (%s)"
        .formatted(
            System.getProperty("java.vendor", "unknown vendor"),
            System.getProperty("java.runtime.version", "unknown version"),
            System.getProperty("java.vm.name", "unknown VM"));
  }

  private static Provenance.Source source(GitCheckout git, SourceDigest digest) {
    return new Provenance.Source(
        git.commit(),
        git.workingTree(),
        git.dirtyInputs(),
        digest.value(),
        digest.scope(),
        digest.files());
  }
}

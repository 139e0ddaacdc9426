package dev.socketlab.artifact;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Captures everything that does not depend on the experiment, its three parts side by side. */
final class ProvenanceCapture {
  private static final String NOT_STATED = Provenance.unknown("not stated by the experiment");
  private static final Duration TIME_OUT = Duration.ofSeconds(2);

  private ProvenanceCapture() {}

  /** The machine and its platform, which are found in different ways on each system. */
  record MachineFacts(Provenance.Hardware hardware, Provenance.Platform platform) {}

  static Provenance capture(Path project, SourceScope scope) {
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
      Future<GitCheckout> git = threads.submit(() -> GitCheckout.of(project, scope.inputs()));
      Future<SourceDigest> digest = threads.submit(() -> SourceDigest.of(project, scope.digest()));
      MachineFacts machine = isMac() ? MacFacts.capture() : LinuxFacts.capture(Path.of("/"));
      return new Provenance(
          Provenance.CURRENT_VERSION,
          machine.hardware(),
          machine.platform(),
          NOT_STATED,
          jdk(),
          Map.of(),
          Map.of(),
          source(git.get(), digest.get()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot capture the provenance: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the provenance was captured", e);
    }
  }

  static String clockTick() {
    return switch (BoundedCommand.run(List.of("getconf", "CLK_TCK"), Path.of(""), TIME_OUT)) {
      case BoundedCommand.Ended ended when ended.output().strip().matches("\\d+") ->
          ended.output().strip() + " per second";
      case BoundedCommand.Ended ended ->
          Provenance.unknown("getconf ended with exit code " + ended.exitCode());
      case BoundedCommand.NotRun notRun -> Provenance.unknown("getconf " + notRun.why());
    };
  }

  private static boolean isMac() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
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

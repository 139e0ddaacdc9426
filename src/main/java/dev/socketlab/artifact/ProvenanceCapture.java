package dev.socketlab.artifact;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Captures everything that does not depend on the experiment. */
final class ProvenanceCapture {
  private static final String NOT_STATED = Provenance.unknown("not stated by the experiment");

  private ProvenanceCapture() {}

  static Provenance capture(Path project, SourceScope scope) {
    boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
    MachineFacts machine = mac ? MacFacts.capture() : LinuxFacts.capture(Path.of("/"));
    return new Provenance(
        Provenance.CURRENT_VERSION,
        machine.hardware(),
        machine.platform(),
        NOT_STATED,
        jdk(),
        Map.of(),
        Map.of(),
        source(project, scope));
  }

  /** The machine and its platform, which are found in different ways on each system. */
  record MachineFacts(Provenance.Hardware hardware, Provenance.Platform platform) {}

  static String jdk() {
    return "%s %s (%s)"
        .formatted(
            System.getProperty("java.vendor", "unknown vendor"),
            System.getProperty("java.runtime.version", "unknown version"),
            System.getProperty("java.vm.name", "unknown VM"));
  }

  static String clockTick() {
    return switch (BoundedCommand.run(
        List.of("getconf", "CLK_TCK"), Path.of(""), Duration.ofSeconds(1))) {
      case BoundedCommand.Ended ended when ended.output().strip().matches("\\d+") ->
          ended.output().strip() + " per second";
      case BoundedCommand.Ended ended ->
          Provenance.unknown("getconf ended with exit code " + ended.exitCode());
      case BoundedCommand.NotRun notRun -> Provenance.unknown("getconf " + notRun.why());
    };
  }

  private static Provenance.Source source(Path project, SourceScope scope) {
    GitCheckout git = GitCheckout.of(project, scope.inputs());
    SourceDigest digest = SourceDigest.of(project, scope.digest());
    return new Provenance.Source(
        git.commit(),
        git.workingTree(),
        git.dirtyInputs(),
        digest.value(),
        digest.scope(),
        digest.files());
  }
}

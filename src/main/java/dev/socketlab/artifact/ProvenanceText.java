package dev.socketlab.artifact;

import dev.socketlab.internal.text.TextGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Renders a provenance as one fact per line. */
final class ProvenanceText {
  /** The most dirty inputs that a text names; the JSON form names all. */
  private static final int NAMED_INPUTS = 12;

  private final List<List<String>> facts = new ArrayList<>();

  private ProvenanceText() {}

  static List<String> lines(Provenance provenance) {
    ProvenanceText text = new ProvenanceText();
    text.hardware(provenance.hardware());
    text.platform(provenance.platform(), provenance.network());
    text.fact("driver JDK", provenance.jdk());
    text.facts("subject ", provenance.subjects());
    text.facts("tool ", provenance.tools());
    text.libraries(provenance.libraries());
    text.source(provenance.source());
    return TextGrid.alignAndWrapLast(text.facts);
  }

  private void hardware(Provenance.Hardware hardware) {
    fact("machine", hardware.machine());
    fact("memory", hardware.memory());
    fact("CPU", hardware.cpu());
    fact(
        "cores",
        hardware.cores() + " available to the driver JVM; online: " + hardware.onlineProcessors());
  }

  private void platform(Provenance.Platform platform, String network) {
    fact("OS", platform.os());
    fact("kernel", platform.kernel());
    fact("placement", platform.placement());
    fact("network", network);
    fact("clock tick", platform.clockTick());
    facts("", platform.sysctls());
  }

  private void libraries(Map<String, String> libraries) {
    if (!libraries.isEmpty()) {
      fact(
          "libraries",
          libraries.entrySet().stream()
              .map(library -> library.getKey() + " " + library.getValue())
              .collect(Collectors.joining(", ")));
    }
  }

  private void source(Provenance.Source source) {
    fact("git commit", source.commit());
    fact("working tree", source.workingTree());
    List<String> dirty = source.dirtyInputs();
    dirty.stream().limit(NAMED_INPUTS).forEach(input -> fact("dirty input", input));
    if (dirty.size() > NAMED_INPUTS) {
      fact("dirty inputs", "and " + (dirty.size() - NAMED_INPUTS) + " more, named in the JSON");
    }
    fact("source digest", source.digest());
    String scope = String.join(" ", source.digestScope());
    fact("digest scope", scope + " (files: " + source.digestFiles() + ")");
    if (source.digestFiles() > 0) {
      fact(
          "to repeat it",
          "find %s -type f -print0 |\n".formatted(scope)
              + "LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum");
    }
  }

  private void facts(String kind, Map<String, String> values) {
    values.forEach((name, value) -> fact(kind + name, value));
  }

  private void fact(String name, String value) {
    facts.add(List.of(name, value));
  }
}

package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Provenance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The facts of the provenance that several runs do not have in common. */
final class Factors {
  /** What several runs of an experiment are usually made for, first. */
  private static final List<String> TELLING = List.of("kernel", "JDK", "network", "placement");

  /** What these could change in a figure is in the digest of the sources. */
  private static final Set<String> COVERED_BY_DIGEST =
      Set.of("commit", "working tree", "schema version");

  private static final Set<String> NO_LABEL = Set.of("source digest", "working tree");

  private static final String UNKNOWN = Provenance.unknown("");

  private final List<Factor> varying;
  private final Set<String> noCauses;
  private final int runs;

  Factors(List<Artifact> artifacts) {
    List<Map<String, String>> facts = artifacts.stream().map(Context::facts).toList();
    Set<String> names = new LinkedHashSet<>();
    facts.forEach(ofRun -> names.addAll(ofRun.keySet()));
    varying =
        names.stream()
            .map(name ->
                new Factor(
                    name, facts.stream().map(f -> f.getOrDefault(name, Context.ABSENT)).toList()))
            .filter(Factor::varies)
            .toList();
    boolean digested =
        artifacts.stream().noneMatch(run -> run.provenance().source().digest().startsWith(UNKNOWN));
    noCauses = digested ? COVERED_BY_DIGEST : Set.of();
    runs = artifacts.size();
  }

  List<Factor> varying() {
    return varying;
  }

  /** The fewest facts, the most telling first, that tell each run from the others. */
  List<String> labels(List<String> files) {
    List<List<String>> parts = new ArrayList<>(Collections.nCopies(runs, List.of()));
    varying.stream()
        .filter(factor -> !NO_LABEL.contains(factor.name()))
        .sorted(Comparator.comparingInt(Factors::rank))
        .forEach(factor -> addIfItTells(factor.labels(), parts));
    addIfItTells(files, parts);
    return parts.stream().map(ofRun -> String.join(", ", ofRun)).toList();
  }

  /**
   * Say what goes with a figure: nothing where no fact does by itself, and all facts that could.
   *
   * @param figure the figure in each run
   */
  String explain(List<?> figure) {
    List<String> candidates =
        varying.stream()
            .filter(factor -> !noCauses.contains(factor.name()))
            .filter(factor -> factor.goesWith(figure))
            .map(factor -> factor.describe(figure))
            .toList();
    return switch (candidates.size()) {
      case 0 -> "";
      case 1 -> (eachSeenTwice(figure) ? "differs with " : "candidate: ") + candidates.getFirst();
      default ->
          String.join(", ", candidates.subList(0, candidates.size() - 1))
              + " or "
              + candidates.getLast()
              + ": these runs cannot tell";
    };
  }

  private static int rank(Factor factor) {
    int place = TELLING.indexOf(factor.name());
    return place < 0 ? TELLING.size() : place;
  }

  private static void addIfItTells(List<String> labels, List<List<String>> parts) {
    List<List<String>> longer =
        IntStream.range(0, labels.size())
            .mapToObj(i -> {
              List<String> more = new ArrayList<>(parts.get(i));
              more.add(labels.get(i));
              return more;
            })
            .toList();
    if (Set.copyOf(longer).size() > Set.copyOf(parts).size()) {
      Collections.copy(parts, longer);
    }
  }

  private static boolean eachSeenTwice(List<?> figure) {
    return figure.stream()
        .collect(Collectors.groupingBy(value -> value, Collectors.counting()))
        .values()
        .stream()
        .allMatch(count -> count > 1);
  }
}

package dev.socketlab.cli;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.internal.text.Prose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A card as text that fits a terminal, and an issue: what is broken first. */
final class CardText {
  private static final Map<Verdict, String> WORDS = words();

  private CardText() {}

  private static Map<Verdict, String> words() {
    Map<Verdict, String> words = new LinkedHashMap<>(); // in the order in which they are shown
    words.put(Verdict.FAILED, "broken");
    words.put(Verdict.INCONCLUSIVE, "not judged");
    words.put(Verdict.NOT_RUN, "not tried");
    words.put(Verdict.NOTE, "note");
    words.put(Verdict.HOLDS, "holds");
    return words;
  }

  /**
   * Writes a card.
   *
   * @param card the card
   * @param server the server's command
   * @param operation what it was asked
   * @param laws how many laws there are
   * @return the text, with line ends
   */
  static String of(Artifact card, String server, String operation, int laws) {
    List<String> lines = new ArrayList<>();
    lines.add("Socket Report Card");
    lines.addAll(Prose.wrap("  server  ", server));
    lines.addAll(Prose.wrap("  asked   ", operation));
    lines.addAll(
        Prose.wrap(
            "  system  ",
            card.provenance().platform().kernel() + ", network: " + card.provenance().network()));
    lines.add("");
    lines.add(tally(card, laws));
    for (Map.Entry<Verdict, String> group : WORDS.entrySet()) {
      List<MechanismVerdict> those =
          card.mechanisms().stream().filter(law -> law.verdict() == group.getKey()).toList();
      if (!those.isEmpty()) {
        lines.add("");
        those.forEach(law -> {
          lines.add("  %-10s  %s".formatted(group.getValue(), law.statement()));
          lines.addAll(Prose.wrap(" ".repeat(14), law.detail()));
          if (law.verdict() == Verdict.FAILED) {
            lines.add(" ".repeat(14) + "→ socketlab card --explain " + CardForms.id(law));
          }
        });
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static String tally(Artifact card, int laws) {
    String counts =
        WORDS.entrySet().stream()
            .map(group -> {
              long those = CardForms.count(card, group.getKey());
              return those == 0 ? "" : those + " " + group.getValue();
            })
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return card.mechanisms().size() < laws
        ? counts
            + "; INCOMPLETE: %d of %d laws were asked for".formatted(card.mechanisms().size(), laws)
        : counts;
  }
}

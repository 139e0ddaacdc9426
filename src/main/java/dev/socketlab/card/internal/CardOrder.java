package dev.socketlab.card.internal;

import dev.socketlab.card.Law;
import dev.socketlab.card.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a card is to be made of.
 *
 * @param command the server's command, with <code>{port}</code> in it
 * @param readyWhen what it prints when it is ready; else it is when it listens
 * @param operation what it is asked
 * @param laws which laws are tried
 * @param accepted which of them the server may break, and why
 */
public record CardOrder(
    List<String> command,
    Optional<String> readyWhen,
    Operation operation,
    List<Law> laws,
    Map<Law, String> accepted) {

  public CardOrder {
    command = List.copyOf(command);
    laws = List.copyOf(laws);
    accepted = Map.copyOf(accepted);
  }
}

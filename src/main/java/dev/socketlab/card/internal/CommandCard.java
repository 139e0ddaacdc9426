package dev.socketlab.card.internal;

import dev.socketlab.card.Law;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.subject.SubjectPlan;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** The card of a server that a command starts. */
@Tag(CommandCard.NAME)
final class CommandCard extends SocketCard {
  static final String NAME = "socket-card";

  /** What this JVM has been told to look at; JUnit makes the instance. */
  private static volatile @Nullable CardOrder order;

  CommandCard() {}

  static void of(CardOrder newOrder) {
    order = newOrder;
  }

  private static CardOrder order() {
    return Objects.requireNonNull(order, "it is run by CardRun alone");
  }

  @Override
  protected SubjectPlan server(Lab lab) {
    SubjectBuilder plan = lab.command(order().command().toArray(String[]::new));
    return order().readyWhen().map(plan::readyWhen).orElse(plan);
  }

  @Override
  protected Operation operation() {
    return order().operation();
  }

  @Override
  protected Collection<Law> laws() {
    return order().laws();
  }

  @Override
  protected Map<Law, String> accepted() {
    return order().accepted();
  }
}

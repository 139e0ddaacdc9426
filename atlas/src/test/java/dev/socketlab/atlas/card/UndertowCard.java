package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.UndertowServer;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Undertow as it comes. */
@Tag("undertow-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: Undertow",
    name = "undertow-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class UndertowCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, UndertowServer.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.VertxServer;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Vert.x as it comes. */
@Tag("vertx-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: Vert.x",
    name = "vertx-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class VertxCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, VertxServer.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

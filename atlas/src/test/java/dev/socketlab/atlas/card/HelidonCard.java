package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.HelidonServer;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Helidon as it comes. */
@Tag("helidon-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: Helidon WebServer",
    name = "helidon-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class HelidonCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, HelidonServer.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.Jetty;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Jetty as it comes. */
@Tag("jetty-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: Jetty",
    name = "jetty-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class JettyCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, Jetty.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

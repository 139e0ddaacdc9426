package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.Tomcat;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Tomcat, embedded, as it comes. */
@Tag("tomcat-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: Tomcat",
    name = "tomcat-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class TomcatCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, Tomcat.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

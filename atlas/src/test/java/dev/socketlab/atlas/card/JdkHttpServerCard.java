package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.JdkHttpServer;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** The JDK's HttpServer as it comes. */
@Tag("jdk-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: the JDK's HttpServer",
    name = "jdk-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class JdkHttpServerCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, JdkHttpServer.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

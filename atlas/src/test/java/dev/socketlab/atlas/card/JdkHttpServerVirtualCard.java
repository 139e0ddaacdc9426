package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.JdkHttpServerVirtual;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** The JDK's HttpServer with a virtual thread for each exchange. */
@Tag("jdk-virtual-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: the JDK's HttpServer, virtual threads",
    name = "jdk-virtual-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class JdkHttpServerVirtualCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, JdkHttpServerVirtual.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.NettyServer;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Netty with one event loop. */
@Tag("netty-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: Netty",
    name = "netty-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
class NettyCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return Cards.java(lab, NettyServer.class);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

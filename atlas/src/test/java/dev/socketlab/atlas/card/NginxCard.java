package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.SystemServers;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Nginx as it comes: a master, and a worker that serves. */
@Tag("nginx-card")
@RequiresTool("nginx")
class NginxCard extends SocketCard {
  @Override
  protected SubjectPlan server(Lab lab) {
    return SystemServers.nginx(lab, "");
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

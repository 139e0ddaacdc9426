package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.SystemServers;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Nginx in one process, so that each law can look at it. */
@Tag("nginx-alone-card")
@RequiresTool("nginx")
class NginxAloneCard extends SocketCard {
  @Override
  protected SubjectPlan server(Lab lab) {
    return SystemServers.nginx(lab, "master_process off;\n");
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

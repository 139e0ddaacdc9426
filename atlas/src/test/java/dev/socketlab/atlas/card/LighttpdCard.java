package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.SystemServers;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Lighttpd with the least configuration that it starts with: a folder of files. */
@Tag("lighttpd-card")
@RequiresTool("lighttpd")
class LighttpdCard extends SocketCard {
  @Override
  protected SubjectPlan server(Lab lab) {
    return SystemServers.lighttpd(lab);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/BSD");
  }
}

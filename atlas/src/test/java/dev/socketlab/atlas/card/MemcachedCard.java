package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.SystemServers;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Memcached with its defaults. */
@Tag("memcached-card")
@RequiresTool("memcached")
class MemcachedCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return SystemServers.memcached(lab);
  }

  @Override
  protected Operation operation() {
    return Operation.memcached("version");
  }
}

package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.SystemServers;
import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Redis with its defaults, but without a file of its data. */
@Tag("redis-card")
@RequiresTool("redis-server")
class RedisCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    return SystemServers.redis(lab);
  }

  @Override
  protected Operation operation() {
    return Operation.redis("PING");
  }
}

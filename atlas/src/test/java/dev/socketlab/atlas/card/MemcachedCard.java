package dev.socketlab.atlas.card;

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
    return lab.command("memcached", "-l", "127.0.0.1", "-p", "{port}", "-u", "nobody");
  }

  @Override
  protected Operation operation() {
    return Operation.memcached("version");
  }
}

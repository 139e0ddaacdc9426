package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.VertxServer;
import org.junit.jupiter.api.Tag;

/** Vert.x as it comes. */
@Tag("vertx-card")
class VertxCard extends JavaServerCard {
  VertxCard() {
    super(VertxServer.class);
  }
}

package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.HelidonServer;
import org.junit.jupiter.api.Tag;

/** Helidon as it comes. */
@Tag("helidon-card")
class HelidonCard extends JavaServerCard {
  HelidonCard() {
    super(HelidonServer.class);
  }
}

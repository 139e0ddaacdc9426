package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.UndertowServer;
import org.junit.jupiter.api.Tag;

/** Undertow as it comes. */
@Tag("undertow-card")
class UndertowCard extends JavaServerCard {
  UndertowCard() {
    super(UndertowServer.class);
  }
}

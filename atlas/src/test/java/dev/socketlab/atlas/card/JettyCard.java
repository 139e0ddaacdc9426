package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.Jetty;
import org.junit.jupiter.api.Tag;

/** Jetty as it comes. */
@Tag("jetty-card")
class JettyCard extends JavaServerCard {
  JettyCard() {
    super(Jetty.class);
  }
}

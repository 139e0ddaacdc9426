package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.Tomcat;
import org.junit.jupiter.api.Tag;

/** Tomcat, embedded, as it comes. */
@Tag("tomcat-card")
class TomcatCard extends JavaServerCard {
  TomcatCard() {
    super(Tomcat.class);
  }
}

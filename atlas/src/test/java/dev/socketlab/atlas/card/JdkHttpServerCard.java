package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.JdkHttpServer;
import org.junit.jupiter.api.Tag;

/** The JDK's HttpServer as it comes. */
@Tag("jdk-card")
class JdkHttpServerCard extends JavaServerCard {
  JdkHttpServerCard() {
    super(JdkHttpServer.class);
  }
}

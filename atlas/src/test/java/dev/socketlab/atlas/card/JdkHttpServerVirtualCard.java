package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.JdkHttpServerVirtual;
import org.junit.jupiter.api.Tag;

/** The JDK's HttpServer with a virtual thread for each exchange. */
@Tag("jdk-virtual-card")
class JdkHttpServerVirtualCard extends JavaServerCard {
  JdkHttpServerVirtualCard() {
    super(JdkHttpServerVirtual.class);
  }
}

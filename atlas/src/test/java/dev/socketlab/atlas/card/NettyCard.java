package dev.socketlab.atlas.card;

import dev.socketlab.atlas.server.NettyServer;
import org.junit.jupiter.api.Tag;

/** Netty with one event loop. */
@Tag("netty-card")
class NettyCard extends JavaServerCard {
  NettyCard() {
    super(NettyServer.class);
  }
}

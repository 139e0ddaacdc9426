package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connect that succeeds at once, which Linux's loopback never does, other systems may. */
class ConnectedAtOnceTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionThatIsConnectedIsReported(boolean atOnce) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open();
        Selector selector = Selector.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SocketChannel channel = SocketChannel.open(server.getLocalAddress())) {
        channel.configureBlocking(false);
        int interest = LoadSession.interest(true, atOnce);
        channel.register(selector, interest);
        // One that talks at once waits for the reply, one of a wave for its turn.
        assertThat(selector.select(1_000)).isEqualTo(atOnce ? 0 : 1);
      }
    }
  }

  @Test
  void aSessionThatIsConnectingWaitsForThat() {
    assertThat(LoadSession.interest(false, true)).isEqualTo(SelectionKey.OP_CONNECT);
    assertThat(LoadSession.interest(false, false)).isEqualTo(SelectionKey.OP_CONNECT);
  }
}

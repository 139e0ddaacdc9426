package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;

/** Connects to an {@link EndingServer}, and leaves it to the server to end the connection. */
final class EndingClient {

  private EndingClient() {}

  static Socket connect(Subject server) throws IOException {
    return new Socket(server.address().getAddress(), server.port());
  }

  /** One request on each connection. */
  static void connections(Subject server, long connections) throws IOException {
    for (long i = 0; i < connections; i++) {
      try (Socket socket = connect(server)) {
        socket.getOutputStream().write(new byte[] {'a', 'b'});
        readToItsEnd(socket);
      }
    }
  }

  /** A reset is an end too. */
  private static void readToItsEnd(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // the reply
      }
    } catch (SocketException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
  }
}

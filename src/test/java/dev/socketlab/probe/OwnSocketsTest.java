package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process may look at its own descriptors and sockets, whoever runs it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc, and uses pidfd_getfd")
class OwnSocketsTest {
  private static final long PID = ProcessHandle.current().pid();

  private static long inode(Socket socket) {
    return TcpSockets.readConnection(
            (InetSocketAddress) socket.getLocalSocketAddress(),
            (InetSocketAddress) socket.getRemoteSocketAddress())
        .orElseThrow()
        .inode();
  }

  @Test
  void anOpenFileIsADescriptorWithItsPath(@TempDir Path folder) throws IOException {
    Path file = folder.toRealPath().resolve("open");
    try (var _ = Files.newOutputStream(file)) {
      List<OpenDescriptor> all = OpenDescriptor.of(PID);
      assertThat(all)
          .filteredOn(descriptor -> descriptor.target().equals(file.toString()))
          .singleElement()
          .satisfies(descriptor -> {
            assertThat(descriptor.kind()).isEqualTo(DescriptorKind.FILE);
            assertThat(descriptor.closeOnExec()).as("the JDK opens files without it").isFalse();
          });
      assertThat(all).extracting(OpenDescriptor::number).isSorted().doesNotHaveDuplicates();
    }
    assertThat(OpenDescriptor.of(PID))
        .noneMatch(descriptor -> descriptor.target().equals(file.toString()));
  }

  @Test
  void theOptionsOfAnOwnSocketAreThoseThatWereSet() throws IOException {
    assumeTrue(SocketOptionValues.obstacle().isEmpty(), "the gate of other processes' options");
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket listener = new ServerSocket(0, 7, loopback);
        Socket client = new Socket(loopback, listener.getLocalPort());
        Socket server = listener.accept()) {
      client.setTcpNoDelay(true);
      client.setKeepAlive(true);
      client.setSoLinger(true, 11);
      SocketOptionValues options = SocketOptionValues.of(PID, inode(client));
      assertThat(options.value("TCP_NODELAY")).hasValue(1);
      assertThat(options.value("SO_KEEPALIVE")).hasValue(1);
      assertThat(options.value("SO_LINGER")).hasValue(11);
      assertThat(options.value("SO_REUSEPORT")).hasValue(0);
      assertThat(SocketOptionValues.of(PID, inode(server)).value("TCP_NODELAY")).hasValue(0);

      client.getOutputStream().write(new byte[5]);
      assertThat(server.getInputStream().readNBytes(5)).hasSize(5);
      SocketDetail received = SocketOptionValues.tcpInfo(PID, inode(server));
      assertThat(received.tcpInfo("bytes_received")).hasValue(5);
      assertThat(received.tcpInfo("data_segs_in")).isEqualTo(OptionalLong.of(1));
    }
  }

  @Test
  void aSocketThatTheProcessDoesNotHaveIsNamed() {
    assumeTrue(SocketOptionValues.obstacle().isEmpty(), "the gate of other processes' options");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketOptionValues.of(PID, Integer.MAX_VALUE))
        .withMessageContaining(Integer.toString(Integer.MAX_VALUE));
  }
}

package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.testkit.Capture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The expected figures are those of {@code ss -tan}, captured at the same moment:
 * linux-6.18-ss-tcp.txt.
 */
class TcpSocketsTest {
  private static final Capture V4 = Capture.of("linux-6.18-net-tcp.txt");
  private static final Capture V6 = Capture.of("linux-6.18-net-tcp6.txt");

  @Test
  void listenerShowsItsAcceptQueue() {
    TcpSocket listener = parse(V4, IpVersion.V4).get(1);

    assertThat(listener)
        .isEqualTo(
            new TcpSocket(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 20010),
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0),
                TcpSocket.State.LISTEN,
                0,
                3,
                21367,
                SocketDetail.NONE));
    assertThat(listener.acceptQueueLength()).isEqualTo(3);
  }

  @Test
  void statesAgreeWithSs() {
    List<TcpSocket> sockets = parse(V4, IpVersion.V4);

    assertThat(count(sockets, TcpSocket.State.LISTEN)).isEqualTo(2);
    assertThat(count(sockets, TcpSocket.State.ESTABLISHED)).isEqualTo(6);
    assertThat(count(sockets, TcpSocket.State.CLOSE_WAIT)).isEqualTo(4);
    assertThat(count(sockets, TcpSocket.State.FIN_WAIT2)).isEqualTo(4);
    assertThat(count(sockets, TcpSocket.State.SYN_SENT)).isEqualTo(1);
  }

  @Test
  void unreadBytesOfAConnectionAreItsReceiveQueue() {
    assertThat(parse(V4, IpVersion.V4))
        .filteredOn(socket -> socket.local().getPort() == 41706)
        .singleElement()
        .extracting(TcpSocket::rxQueue)
        .isEqualTo(7L);
  }

  @Test
  void mappedAddressesOfDualStackSocketsReadAsIpv4() {
    assertThat(parse(V6, IpVersion.V6).getLast().local())
        .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 20011));
  }

  @Test
  void onlyAListenerHasAnAcceptQueue() {
    assertThatIllegalStateException()
        .isThrownBy(() -> parse(V4, IpVersion.V4).getLast().acceptQueueLength())
        .withMessage("only a listener has an accept queue: state=FIN_WAIT2");
  }

  @Test
  void oddRowsThrow() {
    assertMalformed(V4.replacing(2, " 0A ", " 0D "), "st from 01 to 0C");
    assertMalformed(V4.replacing(2, " 100 0 0 10 0", " 100"), "12 or 17 fields, found 13");
    assertMalformed(V4.replacing(2, " 21380 ", " -1 "), "inode >= 0");
  }

  @Test
  void findsListenersByPortAndProcess(@TempDir Path directory) throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN),
        "the captures are from a little-endian machine");
    Files.write(directory.resolve("tcp"), V4.lines());
    Files.write(directory.resolve("tcp6"), V6.lines());
    TcpSockets sockets = TcpSockets.read(new NetworkView(directory));

    assertThat(sockets.listenerOn(20011)).map(TcpSocket::inode).contains(21376L);
    assertThat(sockets.listenerOn(41706)).isEmpty();
    assertThat(sockets.onPort(41706)).hasSize(1);
    assertThat(sockets.listenersOf(new ProcessSockets(1, Set.of(21376L, 21379L))))
        .extracting(socket -> socket.local().getPort())
        .containsExactly(20011);
  }

  @Test
  void listenersAloneAreReadNoFurtherThanTheyGo(@TempDir Path directory) throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN),
        "the captures are from a little-endian machine");
    List<String> lines = new ArrayList<>(V4.lines());
    lines.add("a line behind the listeners, which is not looked at");
    Files.write(directory.resolve("tcp"), lines);
    Files.write(directory.resolve("tcp6"), V6.lines());
    NetworkView network = new NetworkView(directory);

    assertThat(TcpSockets.readListeners(network).all())
        .hasSize(3)
        .allMatch(socket -> socket.state() == TcpSocket.State.LISTEN);
    assertThatExceptionOfType(ProbeException.class).isThrownBy(() -> TcpSockets.read(network));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesAListenerOfThisProcess() throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      ProcessSockets own = ProcessSockets.of(ProcessHandle.current().pid());

      for (TcpSockets sockets : List.of(TcpSockets.read(), TcpSockets.readListeners())) {
        assertThat(sockets.listenersOf(own))
            .extracting(socket -> socket.local().getPort())
            .contains(server.getLocalPort());
      }
    }
  }

  private static long count(List<TcpSocket> sockets, TcpSocket.State state) {
    return sockets.stream().filter(socket -> socket.state() == state).count();
  }

  private static List<TcpSocket> parse(Capture capture, IpVersion version) {
    return TcpSockets.parse(capture.name(), capture.lines(), version, ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertMalformed(Capture capture, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(capture, IpVersion.V4))
        .withMessageContaining(expected);
  }
}

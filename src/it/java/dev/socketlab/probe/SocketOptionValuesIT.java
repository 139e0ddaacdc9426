package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.gate.RequiresSocketOptions;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Options and descriptors of another process, which has set them as it says. */
@Tag("isolation")
@RequiresSocketOptions
@Isolated("it counts the descriptors of this JVM")
class SocketOptionValuesIT {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();
  private Subject server;

  /** Has sockets of each kind, a selector and an open file. */
  static final class Server {
    private Server() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      try (ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
          DatagramChannel datagrams = DatagramChannel.open();
          Selector selector = Selector.open();
          ServerSocket listener = new ServerSocket(0, 50, LOOPBACK)) {
        unix.bind(UnixDomainSocketAddress.of(arguments[0]));
        datagrams.setOption(StandardSocketOptions.SO_RCVBUF, 10_000);
        datagrams.bind(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));
        System.out.println(
            "serving %d, udp %d"
                .formatted(
                    listener.getLocalPort(),
                    ((InetSocketAddress) datagrams.getLocalAddress()).getPort()));
        try (Socket socket = listener.accept()) {
          socket.setTcpNoDelay(true);
          socket.setReceiveBufferSize(20_000);
          socket.setSendBufferSize(30_000);
          socket.setSoLinger(true, 11);
          socket.setKeepAlive(true);
          socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 101);
          socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 12);
          socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, 4);
          System.out.println("set");
          while (System.in.read() >= 0 && selector.isOpen()) {
            // waits to be ended
          }
        }
      }
    }
  }

  @BeforeEach
  void start() {
    server =
        SubjectBuilder.java(
                folder, subjects::add, Server.class, List.of(folder.resolve("s.sock").toString()))
            .readyWhen("serving (\\d+)")
            .start();
  }

  @AfterEach
  void stop() {
    subjects.forEach(Subject::close);
  }

  private SocketOptionValues options(long inode) {
    return SocketOptionValues.of(server.pid(), inode);
  }

  private ProcessSockets own() {
    return ProcessSockets.of(server.pid());
  }

  @Test
  void ofAConnectionTheyAreWhatTheServerHasSet() throws IOException {
    try (Socket client = new Socket(LOOPBACK, server.port())) {
      server.awaitOutput(Pattern.compile("set"), Duration.ofSeconds(10));
      TcpSocket end =
          TcpSockets.readOnPort(server.port()).heldBy(own()).stream()
              .filter(socket -> socket.state() == TcpSocket.State.ESTABLISHED)
              .findFirst()
              .orElseThrow();
      assertThat(end.remote().getPort()).isEqualTo(client.getLocalPort());
      SocketOptionValues options = options(end.inode());
      assertThat(options.value("TCP_NODELAY")).hasValue(1);
      assertThat(options.value("SO_RCVBUF")).hasValue(40_000);
      assertThat(options.value("SO_SNDBUF")).hasValue(60_000);
      assertThat(options.value("SO_LINGER")).hasValue(11);
      assertThat(options.value("SO_KEEPALIVE")).hasValue(1);
      assertThat(options.value("TCP_KEEPIDLE")).hasValue(101);
      assertThat(options.value("TCP_KEEPINTVL")).hasValue(12);
      assertThat(options.value("TCP_KEEPCNT")).hasValue(4);
      assertThat(options.value("TCP_USER_TIMEOUT")).hasValue(0);
      assertThat(options.value("SO_REUSEPORT")).hasValue(0);
      assertThat(end.detail().memory("rcvbuf")).isEqualTo(options.value("SO_RCVBUF"));
    }
  }

  @Test
  void ofAListenerAndOfOtherSocketsTheyAreThoseThatThereAre() {
    TcpSocket listener = TcpSockets.readListeners().listenersOf(own()).getFirst();
    SocketOptionValues tcp = options(listener.inode());
    assertThat(tcp.value("SO_REUSEADDR")).hasValue(1);
    assertThat(tcp.value("TCP_NODELAY")).hasValue(0);
    assertThat(tcp.value("SO_LINGER")).hasValue(-1);

    UdpSocket datagrams = UdpSockets.read().heldBy(own()).getFirst();
    SocketOptionValues udp = options(datagrams.inode());
    assertThat(udp.value("SO_RCVBUF")).hasValue(20_000);
    assertThat(udp.value("TCP_NODELAY")).isEmpty();
    assertThat(udp.value("IPV6_V6ONLY")).hasValue(1); // the kernel sets it with an address of IPv6

    UnixSocket unix =
        UnixSocket.read(NetworkView.ofCallingThread()).stream()
            .filter(socket -> own().holds(socket.inode()))
            .filter(socket -> socket.state() == TcpSocket.State.LISTEN)
            .findFirst()
            .orElseThrow();
    assertThat(options(unix.inode()).value("TCP_NODELAY")).isEmpty();
    assertThat(options(unix.inode()).value("IPV6_V6ONLY")).isEmpty();
    assertThat(options(unix.inode()).value("SO_SNDBUF")).isPresent();
  }

  @Test
  void whatItDoesNotHoldOrNobodyKnowsIsRefused() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> options(1))
        .withMessageContaining("holds no socket:[1]");
    long inode = own().inodes().iterator().next();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> options(inode).value("TCP_CORK"))
        .withMessageContaining("TCP_NODELAY");
  }

  /** A socket that was reset is in no table any more, and the process still holds it. */
  @Test
  void tcpInfoIsThatOfTheTableAndOutlivesAReset() throws IOException {
    TcpSocket end;
    long before;
    try (Socket client = new Socket(LOOPBACK, server.port())) {
      server.awaitOutput(Pattern.compile("set"), Duration.ofSeconds(10));
      end =
          TcpSockets.readOnPort(server.port()).heldBy(own()).stream()
              .filter(socket -> socket.state() == TcpSocket.State.ESTABLISHED)
              .findFirst()
              .orElseThrow();
      SocketDetail info = SocketOptionValues.tcpInfo(server.pid(), end.inode());
      assertThat(info.tcpInfo().keySet()).isEqualTo(end.detail().tcpInfo().keySet());
      before = info.tcpInfo("segs_in").orElseThrow();
      client.setSoLinger(true, 0);
    }
    assertThat(TcpSockets.readOnPort(server.port()).heldBy(own()))
        .noneMatch(socket -> socket.inode() == end.inode());
    assertThat(SocketOptionValues.tcpInfo(server.pid(), end.inode()).tcpInfo("segs_in"))
        .hasValue(before + 1);
    long listener = TcpSockets.readListeners().listenersOf(own()).getFirst().inode();
    assertThat(SocketOptionValues.tcpInfo(server.pid(), listener).tcpInfo()).isNotEmpty();
  }

  /** It is neither stopped nor traced, and keeps what it has, no more and no less. */
  @Test
  void readingLeavesNoDescriptorBehindInEitherProcess() {
    long inode = TcpSockets.readListeners().listenersOf(own()).getFirst().inode();
    options(inode);
    List<OpenDescriptor> there = OpenDescriptor.of(server.pid());
    List<OpenDescriptor> here = OpenDescriptor.of(ProcessHandle.current().pid());
    for (int i = 0; i < 20; i++) {
      options(inode);
      TcpSockets.read();
    }
    assertThat(OpenDescriptor.of(server.pid())).isEqualTo(there);
    assertThat(sockets(OpenDescriptor.of(ProcessHandle.current().pid()))).isEqualTo(sockets(here));
  }

  private static List<OpenDescriptor> sockets(List<OpenDescriptor> descriptors) {
    return descriptors.stream().filter(d -> d.kind() == DescriptorKind.SOCKET).toList();
  }

  @Test
  void aJvmWithASelectorHasAnEpollAndAnEventfdAndStandardStreamsThatAreInherited() {
    List<OpenDescriptor> all = OpenDescriptor.of(server.pid());
    Map<DescriptorKind, Long> kinds =
        all.stream().collect(Collectors.groupingBy(OpenDescriptor::kind, Collectors.counting()));
    assertThat(kinds).containsEntry(DescriptorKind.EPOLL, 1L);
    assertThat(kinds).containsEntry(DescriptorKind.EVENTFD, 1L);
    assertThat(kinds).containsEntry(DescriptorKind.PIPE, 1L); // its standard input
    assertThat(kinds.get(DescriptorKind.SOCKET)).isEqualTo((long) own().inodes().size());
    assertThat(all).isSortedAccordingTo(Comparator.comparingInt(OpenDescriptor::number));
    assertThat(all.subList(0, 3)).extracting(OpenDescriptor::closeOnExec).containsOnly(false);
    assertThat(all)
        .filteredOn(descriptor -> descriptor.kind() == DescriptorKind.EPOLL)
        .allMatch(OpenDescriptor::closeOnExec);
  }
}

package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.socketlab.gate.RequiresTool;
import dev.socketlab.internal.os.Command;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** What this kernel tells of sockets whose figures are known, and what {@code ss} says of them. */
@Tag("isolation")
class SocketDiagIT {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");
  private static final String LOOKS = "socketlab.it.looks";
  private static final Pattern SS_INODE = Pattern.compile("\\bino:(\\d+)");
  private static final Pattern SS_MEMORY = Pattern.compile("skmem:\\(([^)]*)\\)");
  private static final Pattern SS_SEGMENTS_OUT = Pattern.compile(" segs_out:(\\d+)");
  private static final Pattern SS_SEGMENTS_IN = Pattern.compile(" segs_in:(\\d+)");
  private static final List<String> MEMORY =
      List.of(
          "rmem_alloc",
          "rcvbuf",
          "wmem_alloc",
          "sndbuf",
          "fwd_alloc",
          "wmem_queued",
          "optmem",
          "backlog",
          "drops");

  private @TempDir Path folder;
  private PrivateNetworkThread network;

  @BeforeEach
  void openNetwork() {
    try {
      network = PrivateNetworkThread.open();
    } catch (NetworkRefusedException refusal) {
      throw new TestAbortedException(refusal.getMessage(), refusal);
    }
  }

  @AfterEach
  void closeNetwork() {
    if (network != null) {
      network.close();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private void inNetwork(Work work) throws Exception {
    network.call(() -> {
      work.run();
      return true;
    });
  }

  @Test
  void aListenerTellsWhatItWasGrantedAndWhoWaits() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK);
          Socket one = new Socket(LOOPBACK, listener.getLocalPort());
          Socket two = new Socket(LOOPBACK, listener.getLocalPort())) {
        assertThat(one.isConnected() && two.isConnected()).isTrue();
        TcpSocket found =
            TcpSockets.readListeners().listenerOn(listener.getLocalPort()).orElseThrow();
        assertThat(found.detail().backlog()).hasValue(7);
        assertThat(found.acceptQueueLength()).isEqualTo(2);
        assertThat(found.txQueue()).isZero();
        assertThat(ProcessSockets.of(ProcessHandle.current().pid()).holds(found.inode())).isTrue();
      }
    });
  }

  @Test
  void aBacklogAboveTheLimitIsCutToIt() throws Exception {
    inNetwork(() -> {
      long limit = Sysctl.number("net.core.somaxconn");
      try (ServerSocket listener = new ServerSocket(0, (int) limit + 1, LOOPBACK)) {
        assertThat(
                TcpSockets.readListeners()
                    .listenerOn(listener.getLocalPort())
                    .orElseThrow()
                    .detail()
                    .backlog())
            .hasValue(limit);
      }
    });
  }

  @Test
  void onlyAListenerOfIpv6TellsWhetherItLeavesIpv4Alone() throws Exception {
    inNetwork(() -> {
      try (ServerSocketChannel both = ServerSocketChannel.open();
          ServerSocketChannel four = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
        both.bind(new InetSocketAddress("::", 0));
        four.bind(new InetSocketAddress(LOOPBACK, 0));
        assertThat(listener(both).detail().v6Only()).contains(false);
        assertThat(listener(four).detail().v6Only()).isEmpty();
      }
    });
  }

  private static TcpSocket listener(ServerSocketChannel channel) throws IOException {
    int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
    return TcpSockets.readListeners().listenerOn(port).orElseThrow();
  }

  @Test
  void aConnectionTellsItsBuffersSegmentsAndBytes() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK);
          Socket client = new Socket()) {
        client.setReceiveBufferSize(8_192);
        client.connect(listener.getLocalSocketAddress());
        try (Socket server = listener.accept()) {
          for (int i = 0; i < 3; i++) {
            server.getOutputStream().write(new byte[100]);
          }
          TcpSocket receiver = await(client, 300);
          assertThat(receiver.detail().memory("rcvbuf")).hasValue(16_384);
          assertThat(receiver.detail().tcpInfo("bytes_received")).hasValue(300);
          assertThat(receiver.detail().tcpInfo("data_segs_in")).hasValue(3);
          TcpSocket sender = end(server).orElseThrow();
          assertThat(sender.detail().tcpInfo("data_segs_out")).hasValue(3);
          assertThat(sender.detail().tcpInfo("bytes_sent")).hasValue(300);
          assertThat(sender.detail().backlog()).isEmpty();
          assertThat(receiver.remote()).isEqualTo(sender.local());
          assertThat(TcpSockets.readOnPort(listener.getLocalPort()).all())
              .extracting(TcpSocket::state, TcpSocket::inode)
              .containsExactlyInAnyOrder(
                  tuple(TcpSocket.State.LISTEN, listenerInode(listener)),
                  tuple(TcpSocket.State.ESTABLISHED, sender.inode()));
          assertThat(receiver.inode()).isNotEqualTo(sender.inode());
        }
      }
    });
  }

  /** {@code tcpi_rcv_wnd} is of Linux 6.2, {@code tcpi_snd_wnd} of 5.4. */
  @Test
  void whatAnOlderKernelLacksIsAbsent() throws Exception {
    Matcher release =
        Pattern.compile("(\\d+)\\.(\\d+).*").matcher(Sysctl.find("kernel.osrelease").orElseThrow());
    assertThat(release.matches()).isTrue();
    int version = Integer.parseInt(release.group(1)) * 100 + Integer.parseInt(release.group(2));
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK);
          Socket client = new Socket(LOOPBACK, listener.getLocalPort())) {
        SocketDetail detail = end(client).orElseThrow().detail();
        assertThat(detail.tcpInfo("snd_wnd")).isPresent();
        assertThat(detail.tcpInfo("rcv_wnd").isPresent())
            .as("rcv_wnd on %s", release.group())
            .isEqualTo(version >= 602);
        assertThat(detail.tcpInfo().containsKey("rcv_wnd")).isEqualTo(version >= 602);
      }
    });
  }

  private static long listenerInode(ServerSocket listener) {
    return TcpSockets.readListeners().listenerOn(listener.getLocalPort()).orElseThrow().inode();
  }

  private static Optional<TcpSocket> end(Socket socket) {
    return TcpSockets.readConnection(
        (InetSocketAddress) socket.getLocalSocketAddress(),
        (InetSocketAddress) socket.getRemoteSocketAddress());
  }

  private static TcpSocket await(Socket socket, long rxQueue) {
    return Awaitility.await()
        .pollInSameThread()
        .until(() -> end(socket).orElseThrow(), found -> found.rxQueue() == rxQueue);
  }

  @Test
  void whatIsNotThereIsNotFoundAndNotTheListener() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK)) {
        InetSocketAddress server = (InetSocketAddress) listener.getLocalSocketAddress();
        assertThat(TcpSockets.readConnection(server, new InetSocketAddress(LOOPBACK, 9))).isEmpty();
        assertThat(
                TcpSockets.readConnection(
                    new InetSocketAddress(LOOPBACK, 9), new InetSocketAddress(LOOPBACK, 10)))
            .isEmpty();
      }
    });
  }

  @Test
  void timersAreThoseThatRun() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK);
          Socket client = new Socket(LOOPBACK, listener.getLocalPort());
          Socket server = listener.accept()) {
        assertThat(timer(client).kind()).isEqualTo(SocketDetail.TimerKind.NONE);
        client.setKeepAlive(true);
        assertThat(timer(client).kind()).isEqualTo(SocketDetail.TimerKind.KEEPALIVE);
        long keepAliveMs = Sysctl.number("net.ipv4.tcp_keepalive_time") * 1_000;
        assertThat(timer(client).expiresMs()).isBetween(keepAliveMs / 2, keepAliveMs);
        InetSocketAddress local = (InetSocketAddress) client.getLocalSocketAddress();
        InetSocketAddress remote = (InetSocketAddress) client.getRemoteSocketAddress();
        client.shutdownOutput();
        assertThat(server.getInputStream().read()).isEqualTo(-1);
        server.shutdownOutput();
        TcpSocket held =
            Awaitility.await()
                .pollInSameThread()
                .until(
                    () -> TcpSockets.readConnection(local, remote).orElseThrow(),
                    end -> end.state() == TcpSocket.State.TIME_WAIT);
        SocketDetail.Timer end = held.detail().timer().orElseThrow();
        assertThat(end.kind()).isEqualTo(SocketDetail.TimerKind.TIME_WAIT);
        assertThat(end.expiresMs()).isBetween(1L, 60_000L);
        assertThat(held.inode()).isZero();
        assertThat(held.detail().memory("rcvbuf")).isEmpty();
        assertThat(held.detail().tcpInfo()).isEmpty();
      }
    });
  }

  private static SocketDetail.Timer timer(Socket socket) {
    return end(socket).orElseThrow().detail().timer().orElseThrow();
  }

  @Test
  void aUdpSocketTellsItsBufferAndItsDrops() throws Exception {
    inNetwork(() -> {
      try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET);
          DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
        receiver.setOption(StandardSocketOptions.SO_RCVBUF, 2_048);
        receiver.bind(new InetSocketAddress(LOOPBACK, 0));
        sender.connect(receiver.getLocalAddress());
        for (int i = 0; i < 100; i++) {
          sender.write(ByteBuffer.allocate(38));
        }
        int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
        UdpSocket found = UdpSockets.read().onlyOnPort(port);
        assertThat(found.detail().memory("rcvbuf")).hasValue(4_096);
        UdpSocket byFile =
            UdpSockets.read(NetworkView.ofCallingThread(), IpVersion.V4).onlyOnPort(port);
        assertThat(found.drops()).isPositive().isEqualTo(byFile.drops());
        assertThat(found.rxQueueBytes()).isPositive().isEqualTo(byFile.rxQueueBytes());
        assertThat(found.inode()).isEqualTo(byFile.inode());
        assertThat(found.connected()).isFalse();
      }
    });
  }

  @Test
  void aUnixListenerTellsWhatItWasGrantedAndWhoWaits() throws Exception {
    inNetwork(() -> {
      Path path = folder.resolve("server.sock");
      UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
      try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        listener.bind(address, 5);
        try (SocketChannel client = SocketChannel.open(address)) {
          UnixSocket waiting = unix(path, TcpSocket.State.LISTEN);
          assertThat(waiting.detail().backlog()).hasValue(5);
          assertThat(waiting.rxQueue()).isEqualTo(1);
          assertThat(waiting.peer()).isEmpty();
          try (SocketChannel server = listener.accept()) {
            client.write(ByteBuffer.allocate(42));
            UnixSocket accepted = unix(path, TcpSocket.State.ESTABLISHED);
            assertThat(accepted.rxQueue()).isEqualTo(42);
            assertThat(accepted.type()).isEqualTo(UnixSocket.Type.STREAM);
            UnixSocket sender =
                UnixSocket.read(NetworkView.ofCallingThread()).stream()
                    .filter(socket -> socket.inode() == accepted.peer().orElseThrow())
                    .findFirst()
                    .orElseThrow();
            assertThat(sender.peer()).hasValue(accepted.inode());
            assertThat(sender.name()).isEmpty();
            assertThat(sender.detail().memory("sndbuf").orElseThrow()).isPositive();
            assertThat(server.isConnected()).isTrue();
          }
        }
      }
    });
  }

  private static UnixSocket unix(Path path, TcpSocket.State state) {
    return UnixSocket.read(NetworkView.ofCallingThread()).stream()
        .filter(socket -> socket.name().equals(Optional.of(path.toString())))
        .filter(socket -> socket.state() == state)
        .findFirst()
        .orElseThrow();
  }

  /** From outside, by the process that is in it. */
  @Test
  void theNetworkOfAnotherProcessIsReadFromOutside() throws Exception {
    ServerSocket listener = network.call(() -> new ServerSocket(0, 3, LOOPBACK));
    Process inside = network.call(() -> new ProcessBuilder("sleep", "60").start());
    try (listener) {
      TcpSocket found =
          TcpSockets.readListeners(NetworkView.ofProcess(inside.pid()))
              .listenerOn(listener.getLocalPort())
              .orElseThrow();
      assertThat(found.detail().backlog()).hasValue(3);
      assertThat(TcpSockets.read(NetworkView.ofProcess(inside.pid())).all()).hasSize(1);
    } finally {
      inside.destroyForcibly();
    }
  }

  /** A directory that is not below /proc is read as files. */
  private NetworkView files() throws IOException {
    return new NetworkView(
        Files.createSymbolicLink(folder.resolve("net"), Path.of("/proc/thread-self/net")));
  }

  @Test
  void theFilesSayTheSameAndNoDetails() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK);
          Socket client = new Socket(LOOPBACK, listener.getLocalPort());
          Socket server = listener.accept();
          ServerSocketChannel six = ServerSocketChannel.open();
          DatagramChannel datagrams = DatagramChannel.open()) {
        six.bind(new InetSocketAddress(LOOPBACK_6, 0));
        datagrams.bind(new InetSocketAddress(LOOPBACK_6, 0));
        server.getOutputStream().write(new byte[10]);
        await(client, 10);
        NetworkView files = files();
        List<TcpSocket> byFile = TcpSockets.read(files).all();
        assertThat(byFile).hasSize(4).allMatch(socket -> socket.detail() == SocketDetail.NONE);
        assertThat(TcpSockets.read().all().stream().map(SocketDiagIT::withoutDetail))
            .containsExactlyInAnyOrderElementsOf(byFile);
        assertThat(UdpSockets.read().all().stream().map(SocketDiagIT::withoutDetail))
            .hasSize(1)
            .containsExactlyInAnyOrderElementsOf(UdpSockets.read(files).all());
      }
    });
  }

  private static TcpSocket withoutDetail(TcpSocket socket) {
    return new TcpSocket(
        socket.local(),
        socket.remote(),
        socket.state(),
        socket.txQueue(),
        socket.rxQueue(),
        socket.inode(),
        SocketDetail.NONE);
  }

  private static UdpSocket withoutDetail(UdpSocket socket) {
    return new UdpSocket(
        socket.local(),
        socket.remote(),
        socket.connected(),
        socket.txQueueBytes(),
        socket.rxQueueBytes(),
        socket.inode(),
        socket.drops(),
        SocketDetail.NONE);
  }

  /** Stands for the test of somebody whose JVM may not call foreign functions. */
  static final class Denied {
    private Denied() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK)) {
        TcpSocket found =
            TcpSockets.readListeners().listenerOn(listener.getLocalPort()).orElseThrow();
        System.out.println("listens, backlog " + found.detail().backlog());
      }
    }
  }

  @Test
  void whereItIsRefusedTheFilesAreRead() {
    assertThat(
            Command.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--illegal-native-access=deny",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Denied.class.getName())
                .within(Duration.ofSeconds(30))
                .run())
        .isInstanceOfSatisfying(
            Command.Ended.class,
            end -> assertThat(end.output()).contains("listens, backlog OptionalLong.empty"));
  }

  @Test
  @RequiresTool("ss")
  void ssSaysTheSame() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK);
          Socket client = new Socket(LOOPBACK, listener.getLocalPort());
          Socket server = listener.accept();
          Socket waiting = new Socket(LOOPBACK, listener.getLocalPort());
          ServerSocketChannel six = ServerSocketChannel.open();
          DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET)) {
        assertThat(waiting.isConnected()).isTrue();
        six.bind(new InetSocketAddress(LOOPBACK_6, 0), 9);
        datagrams.bind(new InetSocketAddress(LOOPBACK, 0));
        server.getOutputStream().write(new byte[10]);
        await(client, 10);
        Map<String, String> ours = new TreeMap<>();
        for (TcpSocket socket : TcpSockets.read().all()) {
          long wqueue = socket.detail().backlog().orElse(socket.txQueue());
          ours.put(
              text(socket.local()) + " " + text(socket.remote()),
              line(socket.rxQueue(), wqueue, socket.inode(), socket.detail()) + segments(socket));
        }
        assertThat(ours).hasSize(6).isEqualTo(ss("-tanemiHO"));
        UdpSocket udp = UdpSockets.read().all().getFirst();
        assertThat(ss("-uanemHO"))
            .isEqualTo(
                Map.of(
                    text(udp.local()) + " " + text(udp.remote()),
                    line(udp.rxQueueBytes(), udp.txQueueBytes(), udp.inode(), udp.detail())));
      }
    });
  }

  private static String segments(TcpSocket socket) {
    if (socket.state() == TcpSocket.State.LISTEN) {
      return "";
    }
    return " segs_out:%d segs_in:%d"
        .formatted(
            socket.detail().tcpInfo("segs_out").orElseThrow(),
            socket.detail().tcpInfo("segs_in").orElseThrow());
  }

  private static String line(long rqueue, long wqueue, long inode, SocketDetail detail) {
    return "%d %d ino %d mem %s"
        .formatted(
            rqueue,
            wqueue,
            inode,
            MEMORY.stream().map(detail::memory).map(m -> m.orElseThrow() + "").toList());
  }

  private static String text(InetSocketAddress address) {
    String ip = address.getAddress().getHostAddress().replace("0:0:0:0:0:0:0:", "::");
    return address.getPort() == 0
        ? "-"
        : (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + address.getPort();
  }

  private static Map<String, String> ss(String options) {
    Command.Outcome outcome = Command.of("ss", options).run();
    assertThat(outcome).isInstanceOf(Command.Ended.class);
    Map<String, String> lines = new TreeMap<>();
    for (String line : ((Command.Ended) outcome).output().lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      String memory = find(SS_MEMORY, line).orElseThrow().replaceAll("[a-z]+", "");
      String segments =
          words[0].matches("LISTEN|UNCONN")
              ? ""
              : " segs_out:%s segs_in:%s"
                  .formatted(
                      find(SS_SEGMENTS_OUT, line).orElse("0"),
                      find(SS_SEGMENTS_IN, line).orElse("0"));
      lines.put(
          (words[3] + " " + words[4])
              .replaceAll("\\[::ffff:([0-9.]+)]", "$1")
              .replaceAll("\\S+:\\*$", "-"),
          "%s %s ino %s mem [%s]%s"
              .formatted(
                  words[1],
                  words[2],
                  find(SS_INODE, line).orElse("0"),
                  memory.replace(",", ", "),
                  segments));
    }
    return lines;
  }

  private static Optional<String> find(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /**
   * Others open and close sockets all the time, and those that stay are seen once each, unchanged,
   * at each look. As many looks as {@value #LOOKS} says.
   */
  @Test
  void onABusyHostNoRowIsWrong() throws Exception {
    int looks = Integer.getInteger(LOOKS, 50);
    inNetwork(() -> {
      List<Socket> stay = new ArrayList<>();
      AtomicBoolean over = new AtomicBoolean();
      AtomicLong opened = new AtomicLong();
      try (ServerSocket listener = new ServerSocket(0, 4_096, LOOPBACK);
          ServerSocket busy = new ServerSocket(0, 4_096, LOOPBACK)) {
        for (int i = 0; i < 250; i++) {
          stay.add(new Socket(LOOPBACK, listener.getLocalPort()));
          stay.add(listener.accept());
        }
        Thread others = Thread.ofPlatform().start(() -> comeAndGo(busy, over, opened));
        Map<String, Long> expected = inodes(listener.getLocalPort());
        assertThat(expected).hasSize(501);
        Awaitility.await()
            .pollInSameThread()
            .atMost(TimeOut.scaled(Duration.ofSeconds(20)))
            .until(() -> opened.get() > 1_000);
        long openedBefore = opened.get();
        for (int look = 0; look < looks; look++) {
          Map<String, Long> found = new TreeMap<>();
          Set<Long> inodes = new HashSet<>();
          for (TcpSocket socket : TcpSockets.read().all()) {
            assertThat(socket.inode() == 0 || inodes.add(socket.inode())).isTrue();
            Set<Integer> ports =
                new TreeSet<>(List.of(socket.local().getPort(), socket.remote().getPort()));
            if (ports.contains(listener.getLocalPort())) {
              String row = identity(socket);
              assertThat(found).as("once").doesNotContainKey(row);
              found.put(row, socket.inode());
            } else {
              assertThat(ports).as("%s", socket).contains(busy.getLocalPort());
            }
          }
          assertThat(found).as("look %d", look).isEqualTo(expected);
        }
        assertThat(opened.get()).isGreaterThan(openedBefore);
        over.set(true);
        others.join();
      } finally {
        over.set(true);
        for (Socket socket : stay) {
          socket.close();
        }
      }
    });
  }

  private static String identity(TcpSocket socket) {
    return socket.state() + " " + socket.local() + " " + socket.remote();
  }

  private static Map<String, Long> inodes(int port) {
    return TcpSockets.read().all().stream()
        .filter(socket -> socket.local().getPort() == port || socket.remote().getPort() == port)
        .collect(Collectors.toMap(SocketDiagIT::identity, TcpSocket::inode));
  }

  /** Holds a thousand at a time, and closes the oldest with a reset, which leaves no TIME_WAIT. */
  private static void comeAndGo(ServerSocket busy, AtomicBoolean over, AtomicLong opened) {
    List<Socket> held = new ArrayList<>();
    try {
      while (!over.get()) {
        held.add(new Socket(LOOPBACK, busy.getLocalPort()));
        held.add(busy.accept());
        opened.incrementAndGet();
        if (held.size() > 1_000) {
          close(held.removeFirst());
          close(held.removeFirst());
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      held.forEach(SocketDiagIT::close);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aNameThatNoKernelKnowsIsRefused() throws Exception {
    inNetwork(() -> {
      try (ServerSocket listener = new ServerSocket(0, 7, LOOPBACK)) {
        SocketDetail detail =
            TcpSockets.readListeners().listenerOn(listener.getLocalPort()).orElseThrow().detail();
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> detail.tcpInfo("data_segments_in"))
            .withMessageContaining("data_segs_in");
        assertThatExceptionOfType(IllegalArgumentException.class)
            .isThrownBy(() -> detail.memory("receive"))
            .withMessageContaining("rcvbuf");
      }
    });
  }
}

package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.network.LinkFault.Counts;
import dev.socketlab.probe.NetDevices;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** Two hosts and the link between them, and the faults on it, on a real kernel. */
@Tag("isolation")
class TwoHostsIT {

  private @TempDir Path folder;
  private TwoHosts hosts;
  private final List<Subject> subjects = new ArrayList<>();

  @BeforeEach
  void open() {
    try {
      hosts = TwoHosts.open();
    } catch (NetworkRefusedException refusal) {
      throw new TestAbortedException(refusal.getMessage(), refusal);
    }
  }

  @AfterEach
  void close() {
    subjects.forEach(Subject::close);
    if (hosts != null) {
      hosts.close();
    }
  }

  @Test
  void eachHasALoopbackAndOneEndOfTheLinkAndNothingElse() throws Exception {
    for (NetworkHost host : List.of(hosts.here(), hosts.peer())) {
      assertThat(host.call(() -> NetDevices.read().all().keySet()))
          .containsExactlyInAnyOrder("lo", "link0");
    }
    assertThat(hosts.here().address()).isEqualTo(InetAddress.ofLiteral("198.18.0.1"));
    assertThat(hosts.peer().address()).isEqualTo(InetAddress.ofLiteral("198.18.0.2"));
  }

  @Test
  void theLinkCarriesTheDatagramsAndNothingElse() throws Exception {
    ProtocolCounters hereBefore = hosts.here().call(ProtocolCounters::read);
    ProtocolCounters peerBefore = hosts.peer().call(ProtocolCounters::read);
    NetDevices before = hosts.peer().call(NetDevices::read);
    assertThat(numbersThatArrive(100)).hasSize(100);
    ProtocolCounters.Deltas here = hosts.here().call(ProtocolCounters::read).since(hereBefore);
    ProtocolCounters.Deltas peer = hosts.peer().call(ProtocolCounters::read).since(peerBefore);
    assertThat(here.value("Udp", "OutDatagrams")).isEqualTo(100);
    assertThat(here.value("Udp", "InDatagrams")).isZero();
    assertThat(peer.value("Udp", "InDatagrams")).isEqualTo(100);
    assertThat(
            hosts
                .peer()
                .call(NetDevices::read)
                .device("link0")
                .since(before.device("link0"))
                .received()
                .packets())
        .isEqualTo(100);
  }

  @Test
  void eachThirdDatagramIsDroppedAndCounted() throws Exception {
    LinkFault fault = hosts.peer().dropEvery(3, Traffic.UDP);
    assertThat(numbersThatArrive(30))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 30).filter(i -> i % 3 != 0).boxed().toList());
    assertThat(fault.counts()).isEqualTo(new Counts(30, 10));
    fault.close();
    assertThat(numbersThatArrive(30)).hasSize(30);
    assertThat(fault.counts()).isEqualTo(new Counts(30, 10));
  }

  @Test
  void otherTrafficPassesAFaultForDatagrams() throws Exception {
    LinkFault datagrams = hosts.peer().dropEvery(2, Traffic.UDP);
    LinkFault segments = hosts.peer().dropEvery(1_000, Traffic.TCP);
    assertThat(connects()).isTrue();
    assertThat(datagrams.counts()).isEqualTo(new Counts(0, 0));
    assertThat(segments.seen()).isPositive();
    assertThat(segments.dropped()).isZero();
  }

  @Test
  void aFaultForAllPacketsCountsBothKinds() throws Exception {
    LinkFault fault = hosts.peer().dropEvery(1_000, Traffic.ALL);
    assertThat(numbersThatArrive(3)).hasSize(3);
    assertThat(fault.seen()).isEqualTo(3);
    assertThat(connects()).isTrue();
    assertThat(fault.seen()).isGreaterThan(3);
  }

  @Test
  void chanceDropsWhatItCounts() throws Exception {
    LinkFault half = hosts.peer().dropPercent(50, Traffic.UDP);
    assertThat(numbersThatArrive(200)).hasSize(Math.toIntExact(200 - half.dropped()));
    assertThat(half.dropped()).isBetween(1L, 199L);
  }

  @Test
  void aCapDropsWhatItsQueueCannotHold() throws Exception {
    LinkFault cap = hosts.here().capBandwidth(8_000, 2_000, 2_000);
    List<Integer> arrived = numbersThatArrive(200);
    Counts counts = cap.counts();
    assertThat(counts.dropped()).isPositive();
    assertThat(arrived).hasSizeLessThan(200).hasSizeGreaterThanOrEqualTo(1);
    assertThat(counts.seen()).isLessThanOrEqualTo(200);
    cap.close();
    assertThat(numbersThatArrive(200)).hasSize(200);
  }

  /** This kernel may be without it: then the gate says so, and the method refuses. */
  @Test
  void aDelayWorksOrItsGateSaysWhyNot() throws Exception {
    Optional<String> obstacle = LinkFault.Kind.DELAY.obstacle();
    if (obstacle.isPresent()) {
      assertThat(obstacle.get()).contains("tc qdisc add dev link0 root netem delay 1000us");
      assertThatExceptionOfType(NetworkRefusedException.class)
          .isThrownBy(() -> hosts.here().delay(Duration.ofMillis(1)))
          .withMessage(obstacle.get());
      return;
    }
    long startNs = System.nanoTime();
    LinkFault delay = hosts.here().delay(Duration.ofMillis(50));
    assertThat(connects()).isTrue();
    assertThat(System.nanoTime() - startNs).isGreaterThan(Duration.ofMillis(50).toNanos());
    assertThat(delay.seen()).isPositive();
  }

  @Test
  void aSubjectRunsOnThePeerAndIsReachedFromHere() throws Exception {
    Subject server =
        SubjectBuilder.java(folder, subjects::add, Greeter.class, List.of("{port}"))
            .on(hosts.peer())
            .start();
    assertThat(server.address().getAddress()).isEqualTo(hosts.peer().address());
    String greeting =
        hosts
            .here()
            .call(() -> {
              try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
              }
            });
    assertThat(greeting).isEqualTo("hello 198.18.0.1");
  }

  /** Greets one client after the other with its address. */
  static final class Greeter {
    private Greeter() {}

    /** Called by the JVM with the port. */
    public static void main(String[] arguments) throws IOException {
      try (ServerSocketChannel listener = ServerSocketChannel.open()) {
        listener.bind(new InetSocketAddress(Integer.parseInt(arguments[0])));
        while (true) {
          try (SocketChannel client = listener.accept()) {
            InetSocketAddress from = (InetSocketAddress) client.getRemoteAddress();
            String greeting = "hello " + from.getAddress().getHostAddress();
            client.write(ByteBuffer.wrap(greeting.getBytes(StandardCharsets.UTF_8)));
          }
        }
      }
    }
  }

  private boolean connects() throws Exception {
    try (ServerSocketChannel listener =
        hosts
            .peer()
            .call(() ->
                ServerSocketChannel.open()
                    .bind(new InetSocketAddress(hosts.peer().address(), 0)))) {
      int port = listener.socket().getLocalPort();
      return hosts
          .here()
          .call(() -> {
            try (Socket socket = new Socket(hosts.peer().address(), port)) {
              return socket.isConnected();
            }
          });
    }
  }

  /** Sends datagrams numbered from 1 over the link; they have arrived when the send returns. */
  private List<Integer> numbersThatArrive(int count) throws Exception {
    try (DatagramChannel receiver = hosts.peer().call(() -> channel(hosts.peer().address()));
        DatagramChannel sender = hosts.here().call(() -> channel(hosts.here().address()))) {
      ByteBuffer datagram = ByteBuffer.allocate(Integer.BYTES);
      for (int number = 1; number <= count; number++) {
        sender.send(datagram.clear().putInt(number).flip(), receiver.getLocalAddress());
      }
      List<Integer> arrived = new ArrayList<>();
      while (receiver.receive(datagram.clear()) != null) {
        arrived.add(datagram.getInt(0));
      }
      return arrived;
    }
  }

  private static DatagramChannel channel(InetAddress address) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.bind(new InetSocketAddress(address, 0)).configureBlocking(false);
    return channel;
  }
}

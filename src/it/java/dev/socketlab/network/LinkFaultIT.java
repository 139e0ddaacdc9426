package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.LinkFault.Counts;
import dev.socketlab.probe.ProtocolCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/**
 * Faults that choose a direction or a kind of segment, seen by the fault's count and the kernel's.
 */
@Tag("isolation")
@Timeout(120)
class LinkFaultIT {
  private TwoHosts hosts;
  private ServerSocketChannel listener;
  private ProtocolCounters hereBefore;
  private ProtocolCounters peerBefore;

  @BeforeEach
  void open() throws Exception {
    try {
      hosts = TwoHosts.open();
    } catch (NetworkRefusedException refusal) {
      throw new TestAbortedException(refusal.getMessage(), refusal);
    }
    listener =
        hosts
            .peer()
            .call(() ->
                ServerSocketChannel.open().bind(new InetSocketAddress(hosts.peer().address(), 0)));
    hereBefore = hosts.here().call(ProtocolCounters::read);
    peerBefore = hosts.peer().call(ProtocolCounters::read);
  }

  @AfterEach
  void close() throws Exception {
    if (hosts != null) {
      listener.close();
      hosts.close();
    }
  }

  private SocketChannel connect() throws Exception {
    return hosts.here().call(() -> SocketChannel.open(listener.getLocalAddress()));
  }

  private long here(String group, String counter) throws Exception {
    return hosts.here().call(ProtocolCounters::read).since(hereBefore).value(group, counter);
  }

  private long peer(String group, String counter) throws Exception {
    return hosts.peer().call(ProtocolCounters::read).since(peerBefore).value(group, counter);
  }

  /** The connection comes to be all the same, because the SYN-ACK is sent again. */
  @Test
  void theFirstSynAckIsLostAndTheSecondArrives() throws Exception {
    LinkFault loss = hosts.here().dropFirst(1, Traffic.SYN_ACK);
    try (SocketChannel client = connect();
        SocketChannel server = listener.accept()) {
      assertThat(client.isConnected()).isTrue();
      assertThat(server.isConnected()).isTrue();
    }
    // Whose timer is first, that of the SYN or that of the SYN-ACK, is not said.
    assertThat(loss.dropped()).isEqualTo(1);
    assertThat(loss.seen()).isGreaterThanOrEqualTo(2);
    assertThat(here("TcpExt", "TCPTimeouts") + peer("TcpExt", "TCPTimeouts")).isPositive();
    assertThat(peer("Tcp", "PassiveOpens")).isEqualTo(1);
  }

  @Test
  void eachSegmentOfAShortConnectionIsOfItsKind() throws Exception {
    NetworkHost peer = hosts.peer();
    LinkFault syn = peer.dropEvery(1_000, Traffic.SYN);
    LinkFault synAck = hosts.here().dropEvery(1_000, Traffic.SYN_ACK);
    LinkFault acks = peer.dropEvery(1_000, Traffic.BARE_ACK);
    LinkFault fin = peer.dropEvery(1_000, Traffic.FIN);
    LinkFault reset = peer.dropEvery(1_000, Traffic.RST);
    LinkFault all = peer.dropEvery(1_000, Traffic.TCP);
    try (SocketChannel client = connect();
        SocketChannel server = listener.accept()) {
      client.write(ByteBuffer.wrap(new byte[] {1}));
      server.read(ByteBuffer.allocate(1));
    }
    try (SocketChannel client = connect()) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    await()
        .atMost(TimeOut.scaled(Duration.ofSeconds(20)))
        .untilAsserted(() -> {
          assertThat(fin.seen()).as("FIN").isEqualTo(1);
          assertThat(reset.seen()).as("RST").isEqualTo(1);
        });
    assertThat(syn.counts()).isEqualTo(new Counts(2, 0));
    assertThat(synAck.counts()).isEqualTo(new Counts(2, 0));
    // Of each handshake the third segment, and the answer to the server's FIN; one with data.
    assertThat(all.seen()).isEqualTo(syn.seen() + acks.seen() + 1 + fin.seen() + reset.seen());
    assertThat(acks.seen()).isGreaterThanOrEqualTo(2);
  }

  /** The request arrives and the reply does not: what a half-open network does. */
  @Test
  void oneDirectionIsCut() throws Exception {
    try (SocketChannel client = connect();
        SocketChannel server = listener.accept()) {
      LinkFault oneWay = hosts.here().dropAll(Traffic.TCP);
      client.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(server.read(ByteBuffer.allocate(3))).isEqualTo(3);
      server.write(ByteBuffer.wrap(new byte[] {4}));
      await().atMost(TimeOut.scaled(Duration.ofSeconds(20))).until(() -> oneWay.dropped() >= 2);
      Counts both = oneWay.counts(); // one reading: repeats go on
      assertThat(both.seen()).isEqualTo(both.dropped());
      client.configureBlocking(false);
      assertThat(client.read(ByteBuffer.allocate(1))).isZero();
      oneWay.close();
      client.configureBlocking(true);
      assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @Test
  void aCutLinkLosesBothDirectionsAndCountsThem() throws Exception {
    try (DatagramChannel here = datagrams(hosts.here());
        DatagramChannel peer = datagrams(hosts.peer())) {
      LinkFault cut = hosts.peer().cut();
      for (int i = 0; i < 3; i++) {
        here.send(ByteBuffer.allocate(1), peer.getLocalAddress());
      }
      peer.send(ByteBuffer.allocate(1), here.getLocalAddress());
      assertThat(cut.counts()).isEqualTo(new Counts(4, 4));
      cut.close();
      here.send(ByteBuffer.allocate(1), peer.getLocalAddress());
      assertThat(cut.counts()).isEqualTo(new Counts(4, 4));
      assertThat(peer.receive(ByteBuffer.allocate(1))).isNotNull();
      assertThat(peer.receive(ByteBuffer.allocate(1))).isNull();
    }
    assertThat(here("Udp", "OutDatagrams")).isEqualTo(4);
    assertThat(peer("Udp", "OutDatagrams")).isEqualTo(1);
    assertThat(peer("Udp", "InDatagrams")).isEqualTo(1);
  }

  /**
   * One of three fragments is lost, and the datagram with it, before the kernel puts it together.
   */
  @Test
  void aFragmentIsDroppedBeforeReassembly() throws Exception {
    LinkFault loss = hosts.peer().dropEvery(3, Traffic.FRAGMENT);
    try (DatagramChannel here = datagrams(hosts.here());
        DatagramChannel peer = datagrams(hosts.peer())) {
      here.send(ByteBuffer.allocate(4_000), peer.getLocalAddress());
      here.send(ByteBuffer.allocate(1_000), peer.getLocalAddress());
      assertThat(loss.counts()).isEqualTo(new Counts(3, 1));
      ByteBuffer received = ByteBuffer.allocate(5_000);
      assertThat(peer.receive(received)).isNotNull();
      assertThat(received.position()).isEqualTo(1_000);
      assertThat(peer.receive(received.clear())).isNull();
    }
    assertThat(here("Ip", "FragCreates")).isEqualTo(3);
    assertThat(peer("Ip", "ReasmReqds")).isEqualTo(2);
    assertThat(peer("Ip", "ReasmOKs")).isZero();
  }

  @Test
  void theMtuOfTheLinkDecidesWhatIsFragmented() throws Exception {
    int mark = hosts.here().changes().mark();
    hosts.here().linkMtu(9_000);
    sendFourThousandBytes();
    assertThat(here("Ip", "FragCreates")).isZero();
    hosts.here().changes().undoTo(mark);
    sendFourThousandBytes();
    assertThat(here("Ip", "FragCreates")).isEqualTo(3);
    assertThat(peer("Udp", "InDatagrams")).isEqualTo(2);
  }

  private void sendFourThousandBytes() throws Exception {
    try (DatagramChannel here = datagrams(hosts.here());
        DatagramChannel peer = datagrams(hosts.peer())) {
      here.send(ByteBuffer.allocate(4_000), peer.getLocalAddress());
      assertThat(peer.receive(ByteBuffer.allocate(4_000))).isNotNull();
    }
  }

  private static DatagramChannel datagrams(NetworkHost host) throws Exception {
    return host.call(() -> bound(host));
  }

  private static DatagramChannel bound(NetworkHost host) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(host.address(), 0)).configureBlocking(false);
    return channel;
  }
}

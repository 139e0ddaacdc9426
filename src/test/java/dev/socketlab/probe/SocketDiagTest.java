package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.probe.NetlinkSocket.RefusedException;
import dev.socketlab.testkit.Capture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Answers as Linux 6.18 gave them, on x86-64, one line each, without their headers; what is
 * expected of them is what {@code ss} said at that moment.
 */
class SocketDiagTest {

  private static final Capture ANSWERS = Capture.of("linux-6.18-sock-diag.txt");

  /** What {@code struct tcp_info} has in {@code linux/tcp.h} of 6.1. */
  private static final int TCP_INFO_OF_6_1 = 232;

  private static final int TCP_INFO = 2;
  private static final int MEMORY = 7;
  private static final int INET_BYTES = 72;

  private static List<ByteBuffer> answers(String protocol) {
    return ANSWERS.lines().stream()
        .filter(line -> line.startsWith(protocol + " "))
        .map(line -> buffer(HexFormat.of().parseHex(line.substring(protocol.length() + 1))))
        .toList();
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static SocketDiag.Row tcp(int index) {
    return SocketDiag.row(answers("tcp").get(index));
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  @Test
  void aListener() {
    SocketDiag.Row row = tcp(0);
    assertThat(row.state()).isEqualTo(10);
    assertThat(row.local()).isEqualTo(loopback(20_010));
    assertThat(row.remote()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0));
    assertThat(row.inode()).isEqualTo(10_087_594);
    assertThat(row.rxQueue()).isZero();
    assertThat(row.txQueue()).isZero();
    assertThat(row.detail().backlog()).hasValue(7);
    assertThat(row.detail().v6Only()).isEmpty();
    assertThat(row.detail().memory("sndbuf")).hasValue(16_384);
  }

  @Test
  void aListenerOfIpv6() {
    SocketDiag.Row row = tcp(8);
    assertThat(row.local()).isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::"), 20_011));
    assertThat(row.detail().backlog()).hasValue(9);
    assertThat(row.detail().v6Only()).contains(true);
  }

  @Test
  void aConnection() {
    SocketDiag.Row row = tcp(2);
    assertThat(row.state()).isEqualTo(1);
    assertThat(row.local()).isEqualTo(loopback(20_020));
    assertThat(row.remote()).isEqualTo(loopback(20_010));
    assertThat(row.rxQueue()).isEqualTo(300);
    assertThat(row.detail().memory("rmem_alloc")).hasValue(1_132);
    assertThat(row.detail().memory("rcvbuf")).hasValue(16_384);
    assertThat(row.detail().memory("fwd_alloc")).hasValue(2_964);
    assertThat(row.detail().memory("drops")).hasValue(0);
    assertThat(row.detail().timer())
        .contains(new SocketDetail.Timer(SocketDetail.TimerKind.NONE, 0, 0));
    SocketDetail detail = row.detail();
    assertThat(detail.tcpInfo("rto")).hasValue(204_000);
    assertThat(detail.tcpInfo("rtt")).hasValue(36);
    assertThat(detail.tcpInfo("rttvar")).hasValue(18);
    assertThat(detail.tcpInfo("pmtu")).hasValue(65_535);
    assertThat(detail.tcpInfo("snd_cwnd")).hasValue(10);
    assertThat(detail.tcpInfo("bytes_acked")).hasValue(1);
    assertThat(detail.tcpInfo("bytes_received")).hasValue(300);
    assertThat(detail.tcpInfo("segs_out")).hasValue(3);
    assertThat(detail.tcpInfo("data_segs_in")).hasValue(1);
    assertThat(detail.tcpInfo("min_rtt")).hasValue(36);
    assertThat(detail.tcpInfo("delivered")).hasValue(1);
    assertThat(detail.tcpInfo("snd_wnd")).hasValue(65_536);
    assertThat(detail.tcpInfo("max_pacing_rate")).hasValue(-1);
    assertThat(detail.tcpInfo("accecn_opt_seen")).isPresent();
    assertThat(detail.tcpInfo()).hasSize(66).doesNotContainKey("-");
    assertThat(tcp(6).detail().tcpInfo("bytes_sent")).hasValue(300);
    assertThat(tcp(6).detail().tcpInfo("delivery_rate").orElseThrow() * 8)
        .isEqualTo(3_276_800_000L);
  }

  @Test
  void aConnectionThatNobodyHoldsAnyMore() {
    SocketDiag.Row finWait = tcp(1);
    assertThat(finWait.state()).isEqualTo(5);
    SocketDiag.Row row = tcp(5);
    assertThat(row.state()).isEqualTo(6);
    assertThat(row.inode()).isZero();
    SocketDetail.Timer timer = row.detail().timer().orElseThrow();
    assertThat(timer.kind()).isEqualTo(SocketDetail.TimerKind.TIME_WAIT);
    assertThat(timer.expiresMs()).isBetween(59_000L, 60_000L);
    assertThat(row.detail().memory("rcvbuf")).isEmpty();
    assertThat(row.detail().tcpInfo("rtt")).isEmpty();
    assertThat(row.detail().tcpInfo()).isEmpty();
  }

  @Test
  void anOlderKernelsShorterStructureIsReadAsFarAsItGoes() {
    ByteBuffer answer = answers("tcp").get(2);
    SocketDetail old =
        SocketDiag.row(shortened(shortened(answer, TCP_INFO, TCP_INFO_OF_6_1), MEMORY, 32))
            .detail();
    assertThat(old.tcpInfo("snd_wnd")).hasValue(65_536);
    assertThat(old.tcpInfo("rcv_wnd")).isEmpty();
    assertThat(old.tcpInfo("total_rto")).isEmpty();
    assertThat(old.tcpInfo()).containsKey("snd_wnd").doesNotContainKey("rcv_wnd").hasSize(52);
    assertThat(old.memory("backlog")).hasValue(0);
    assertThat(old.memory("drops")).isEmpty();
    // In the midst of a figure, it is not told either.
    assertThat(SocketDiag.row(shortened(answer, TCP_INFO, 230)).detail().tcpInfo("snd_wnd"))
        .isEmpty();
  }

  /** Cuts one attribute, as a kernel does whose structure is shorter. */
  private static ByteBuffer shortened(ByteBuffer answer, int type, int bytes) {
    ByteBuffer result = ByteBuffer.allocate(answer.limit()).order(ByteOrder.LITTLE_ENDIAN);
    result.put(answer.slice(0, INET_BYTES));
    boolean found = false;
    for (int at = INET_BYTES; at < answer.limit(); ) {
      int length = answer.getShort(at) - 4;
      int kept = answer.getShort(at + 2) == type ? bytes : length;
      found |= kept < length;
      result.putShort((short) (kept + 4)).putShort(answer.getShort(at + 2));
      result.put(answer.slice(at + 4, kept)).position((result.position() + 3) & ~3);
      at += (length + 7) & ~3;
    }
    assertThat(found).isTrue();
    return result.flip();
  }

  @Test
  void anAnswerThatIsCutOffIsAnError() {
    ByteBuffer answer = answers("tcp").get(2);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketDiag.row(answer.slice(0, 70).order(ByteOrder.LITTLE_ENDIAN)))
        .withMessageContaining("an answer of 72 bytes, not 70");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketDiag.row(answer.slice(0, 200).order(ByteOrder.LITTLE_ENDIAN)))
        .withMessageContaining("an attribute of ");
  }

  @Test
  void anAttributeCanBeItsHeaderAlone() {
    ByteBuffer answer = answers("tcp").get(2);
    assertThat(SocketDiag.row(withAttribute(answer, 4)).detail().memory("rcvbuf")).hasValue(16_384);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketDiag.row(withAttribute(answer, 3)))
        .withMessageContaining("an attribute of 3 bytes");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketDiag.row(withAttribute(answer, 5)))
        .withMessageContaining("an attribute of 5 bytes");
  }

  /** Adds an attribute of a type that no kernel has, which says that it is so long. */
  private static ByteBuffer withAttribute(ByteBuffer answer, int bytes) {
    return ByteBuffer.allocate(answer.limit() + 4)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(answer.slice(0, answer.limit()))
        .putShort((short) bytes)
        .putShort((short) 999)
        .flip();
  }

  @Test
  void messagesThatAreTooShortAreNamed() {
    ByteBuffer unix = answers("unix").getFirst();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketDiag.unixSocket(unix.slice(0, 8).order(ByteOrder.LITTLE_ENDIAN)))
        .withMessageContaining("an answer of 16 bytes, not 8");
    readings.add(reading(1, false, 1));
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> SocketDiag.all(4, readings::removeFirst))
        .withMessageContaining("an answer of 12 bytes, not 8");
  }

  @Test
  void aDetailShowsWhatItHas() {
    assertThat(tcp(0).detail().toString()).startsWith("backlog 7 ").contains("sndbuf 16384 ");
    assertThat(tcp(8).detail().toString()).startsWith("backlog 9 v6only true ");
    assertThat(tcp(2).detail().toString())
        .contains(tcp(2).detail().timer().orElseThrow().toString())
        .contains("rcvbuf 16384 ")
        .contains("rto=204000");
  }

  @Test
  void aUdpSocketAndItsDrops() {
    SocketDiag.Row row = SocketDiag.row(answers("udp").getFirst());
    assertThat(row.local()).isEqualTo(loopback(20_001));
    assertThat(row.rxQueue()).isEqualTo(3_328);
    assertThat(row.detail().memory("rcvbuf")).hasValue(4_096);
    assertThat(row.detail().memory("drops")).hasValue(16);
    assertThat(row.detail().tcpInfo()).isEmpty();
  }

  @Test
  void unixSockets() {
    List<UnixSocket> all = answers("unix").stream().map(SocketDiag::unixSocket).toList();
    assertThat(all).extracting(UnixSocket::type).containsOnly(UnixSocket.Type.STREAM);
    UnixSocket accepted = all.get(0);
    UnixSocket sender = all.get(1);
    UnixSocket listener = all.get(2);
    assertThat(accepted.name()).contains("@capture");
    assertThat(accepted.rxQueue()).isEqualTo(42);
    assertThat(accepted.peer()).hasValue(sender.inode());
    assertThat(accepted.detail().memory("rcvbuf")).hasValue(212_992);
    assertThat(sender.name()).isEmpty();
    assertThat(sender.txQueue()).isEqualTo(768);
    assertThat(sender.state()).isEqualTo(TcpSocket.State.ESTABLISHED);
    assertThat(listener.state()).isEqualTo(TcpSocket.State.LISTEN);
    assertThat(listener.detail().backlog()).hasValue(5);
    assertThat(listener.txQueue()).isZero();
    assertThat(listener.peer()).isEmpty();
    assertThat(listener.detail().timer()).isEqualTo(Optional.empty());
  }

  private static ByteBuffer portion(int type, int flags, byte[]... contents) {
    ByteBuffer portion = ByteBuffer.allocate(4_096).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] content : contents) {
      portion.putInt(content.length + 16).putShort((short) type).putShort((short) flags);
      portion.putLong(0).put(content).position((portion.position() + 3) & ~3);
    }
    return portion.flip();
  }

  @Test
  void aPortionHoldsItsMessagesAndSaysWhetherItWasInterrupted() throws RefusedException {
    NetlinkSocket.Portion quiet =
        NetlinkSocket.Portion.of(portion(20, 2, new byte[] {1, 2, 3, 4, 5}, new byte[] {6}));
    assertThat(quiet.messages()).extracting(ByteBuffer::remaining).containsExactly(5, 1);
    assertThat(quiet.interrupted()).isFalse();
    assertThat(quiet.last()).isFalse();
    NetlinkSocket.Portion interrupted =
        NetlinkSocket.Portion.of(portion(20, 0x12, new byte[] {1, 2, 3, 4}));
    assertThat(interrupted.interrupted()).isTrue();
    NetlinkSocket.Portion done = NetlinkSocket.Portion.of(portion(3, 2, new byte[4]));
    assertThat(done.last()).isTrue();
    assertThat(done.messages()).isEmpty();
  }

  @Test
  void anErrorIsARefusalAlsoAtTheEnd() {
    for (int type : List.of(2, 3)) {
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> NetlinkSocket.Portion.of(portion(type, 0, new byte[] {-2, -1, -1, -1})))
          .withMessageContaining("errno 2")
          .matches(RefusedException::isNotFound);
    }
    ByteBuffer cut = portion(20, 0, new byte[40]);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> NetlinkSocket.Portion.of(cut.limit(50)))
        .withMessageContaining("a message of 56 bytes, 50 are there");
  }

  private final Deque<NetlinkSocket.Answer> readings = new ArrayDeque<>();

  /** A socket of one byte's number, whose cookie is at its beginning. */
  private static NetlinkSocket.Answer reading(int portions, boolean interrupted, int... sockets) {
    return new NetlinkSocket.Answer(
        Arrays.stream(sockets)
            .mapToObj(socket ->
                ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(socket)
                    .flip())
            .toList(),
        portions,
        interrupted);
  }

  private List<Long> all() throws RefusedException {
    return SocketDiag.all(0, readings::removeFirst).stream().map(row -> row.getLong(0)).toList();
  }

  @Test
  void oneQuietPortionIsReadOnceAndAnInterruptedOneAgain() throws RefusedException {
    readings.add(reading(1, false, 1, 2));
    assertThat(all()).containsExactly(1L, 2L);
    readings.add(reading(1, true, 1, 2));
    readings.add(reading(1, false, 2));
    assertThat(all()).containsExactly(2L);
    assertThat(readings).isEmpty();
  }

  @Test
  void severalPortionsAreReadUntilTheyHoldTheSameAndNoneTwice() throws RefusedException {
    readings.add(reading(2, false, 1, 2, 2));
    readings.add(reading(2, false, 2, 1));
    assertThat(all()).containsExactly(2L, 1L);
    assertThat(readings).isEmpty();
    readings.add(reading(2, false, 1, 2)); // 3 was left out
    readings.add(reading(2, false, 1, 3));
    readings.add(reading(2, true, 1, 3));
    assertThat(all()).containsExactly(1L, 2L, 3L);
    assertThat(readings).isEmpty();
  }
}

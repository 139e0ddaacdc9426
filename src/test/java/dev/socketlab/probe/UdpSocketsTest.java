package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.testkit.Capture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The expected figures are those of {@code ss -uanme}, captured at the same moment:
 * linux-6.18-ss-udp.txt.
 */
class UdpSocketsTest {
  private static final Capture V4 = Capture.of("linux-6.18-net-udp.txt");
  private static final Capture V6 = Capture.of("linux-6.18-net-udp6.txt");

  @Test
  void ipv4RowsAgreeWithSs() {
    List<UdpSocket> sockets = parse(V4, IpVersion.V4);

    assertThat(sockets).hasSize(2);
    assertThat(sockets.getFirst())
        .isEqualTo(
            new UdpSocket(
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 20001),
                new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 0),
                false,
                0,
                1664,
                20437,
                96,
                SocketDetail.NONE));
  }

  @Test
  void ipv6RowsAgreeWithSs() {
    List<UdpSocket> sockets = parse(V6, IpVersion.V6);

    assertThat(sockets)
        .extracting(UdpSocket::local)
        .containsExactly(
            new InetSocketAddress(InetAddress.ofLiteral("::"), 20002),
            new InetSocketAddress(InetAddress.ofLiteral("::1"), 20003));
    assertThat(sockets.getLast().remote())
        .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("::1"), 20002));
    assertThat(sockets).extracting(UdpSocket::connected).containsExactly(false, true);
    assertThat(sockets).extracting(UdpSocket::rxQueueBytes).containsExactly(1664L, 0L);
  }

  @Test
  void bigEndianAddressesAreNotReversed() {
    Capture bigEndian = V4.replacing(2, "0100007F:4E21", "7F000001:4E21");

    assertThat(
            UdpSockets.parse("x", bigEndian.lines(), IpVersion.V4, ByteOrder.BIG_ENDIAN)
                .getFirst()
                .local())
        .isEqualTo(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 20001));
  }

  @Test
  void truncatedRowThrowsWithItsPlaceAndText() {
    String truncated = V4.lines().get(1).strip().replaceFirst(" \\S+$", "");

    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(V4.withLine(2, truncated), IpVersion.V4))
        .withMessage(
            "cannot parse: source=%s, line=2, raw=\"%s\", expected=13 fields, found 12",
            V4.name(), truncated)
        .satisfies(e -> assertThat(e.lineNumber()).hasValue(2))
        .satisfies(e -> assertThat(e.rawLine()).contains(truncated))
        .satisfies(e -> assertThat(e.source()).isEqualTo(V4.name()));
  }

  @Test
  void everyOddRowThrows() {
    assertMalformed(V4.replacing(2, " 96", " -1"), "drops >= 0, found -1");
    assertMalformed(V4.replacing(2, " 96", " 9x"), "drops as a decimal number");
    assertMalformed(V4.replacing(2, " 07 ", " 0A "), "st 01 (connected) or 07 (unconnected)");
    assertMalformed(V4.replacing(2, "0100007F:4E21", "0100007F"), "two numbers with a colon");
    assertMalformed(V4.replacing(2, "0100007F:", "01007F:"), "local_address of 8 hexadecimal");
    assertMalformed(V4.replacing(2, ":4E21", ":14E21"), "at most 4 hexadecimal digits");
    assertMalformed(V4.replacing(2, ":00000680", ":00000680F"), "rx_queue as 1 to 8 hexadecimal");
    assertMalformed(V4.replacing(1, "drops", "losses"), "the header \"sl local_address");
  }

  @Test
  void emptyFileThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(
            () -> UdpSockets.parse("net/udp", List.of(), IpVersion.V4, ByteOrder.BIG_ENDIAN))
        .withMessageStartingWith("incomplete: source=net/udp, expected=the header");
  }

  @Test
  void missingFileThrowsInsteadOfReadingAsNoSockets(@TempDir Path directory) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> UdpSockets.read(new NetworkView(directory)))
        .withMessageStartingWith("cannot read: source=" + directory.resolve("udp"));
  }

  @Test
  void findsByPortAndInodeInBothTables(@TempDir Path directory) throws IOException {
    assumeTrue(
        ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN),
        "the captures are from a little-endian machine");
    Files.write(directory.resolve("udp"), V4.lines());
    Files.write(directory.resolve("udp6"), V6.lines());
    UdpSockets sockets = UdpSockets.read(new NetworkView(directory));

    assertThat(sockets.all()).hasSize(4);
    assertThat(sockets.onlyOnPort(20002).inode()).isEqualTo(20439);
    assertThat(sockets.withInode(20437)).map(UdpSocket::drops).contains(96L);
    assertThat(sockets.withInode(1)).isEmpty();
    assertThat(sockets.heldBy(new ProcessSockets(7, Set.of(20_437L, 1L))))
        .extracting(UdpSocket::inode)
        .containsExactly(20_437L);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> sockets.onlyOnPort(9))
        .withMessageContaining("port=9, found=0, bound ports=[20001, 20002, 20003, 58589]");
  }

  @Test
  void dropsThatWentBackwardsThrow() {
    UdpSocket before = parse(V4, IpVersion.V4).getFirst();
    UdpSocket wrapped = parse(V4.replacing(2, " 96", " 3"), IpVersion.V4).getFirst();
    UdpSocket other = parse(V4.replacing(2, " 20437 ", " 20999 "), IpVersion.V4).getFirst();

    assertThat(before.dropsSince(before)).isZero();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> wrapped.dropsSince(before))
        .withMessageStartingWith("counter went backwards: counter=drops, before=96, after=3");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> other.dropsSince(before))
        .withMessageStartingWith("not the same socket: inode before=20437, after=20999");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void seesASocketOfThisThread() throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET);
        DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
      receiver.bind(loopback);
      InetSocketAddress address = (InetSocketAddress) receiver.getLocalAddress();
      UdpSocket idle = UdpSockets.read().onlyOnPort(address.getPort());
      assertThat(sender.send(ByteBuffer.allocate(32), address)).isEqualTo(32);

      assertThat(idle.local()).isEqualTo(address);
      assertThat(idle.rxQueueBytes()).isZero();
      assertThat(ProcessSockets.of(ProcessHandle.current().pid()).holds(idle.inode())).isTrue();
    }
  }

  private static List<UdpSocket> parse(Capture capture, IpVersion version) {
    return UdpSockets.parse(capture.name(), capture.lines(), version, ByteOrder.LITTLE_ENDIAN);
  }

  private static void assertMalformed(Capture capture, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(capture, IpVersion.V4))
        .withMessageContaining(expected);
  }
}

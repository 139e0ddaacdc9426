package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.testkit.Capture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Captures of a private network before and after: 100 datagrams to a socket whose buffer holds 4,
 * of which 2 were read, 2 to a dual-stack socket, one of IPv6, and some TCP connections.
 */
class ProtocolCountersTest {
  private static final Capture SNMP_BEFORE = Capture.of("linux-6.18-net-snmp-before.txt");
  private static final Capture SNMP_AFTER = Capture.of("linux-6.18-net-snmp-after.txt");
  private static final Capture NETSTAT_BEFORE = Capture.of("linux-6.18-net-netstat-before.txt");
  private static final Capture NETSTAT_AFTER = Capture.of("linux-6.18-net-netstat-after.txt");
  private static final Capture SNMP6_BEFORE = Capture.of("linux-6.18-net-snmp6-before.txt");
  private static final Capture SNMP6_AFTER = Capture.of("linux-6.18-net-snmp6-after.txt");

  private final ProtocolCounters before = parse(SNMP_BEFORE, NETSTAT_BEFORE, SNMP6_BEFORE);
  private final ProtocolCounters after = parse(SNMP_AFTER, NETSTAT_AFTER, SNMP6_AFTER);

  @Test
  void countersAreFoundByGroupAndName() {
    assertThat(after.value("Udp", "RcvbufErrors")).isEqualTo(96);
    assertThat(after.value("Udp", "OutDatagrams")).isEqualTo(102);
    assertThat(after.value("TcpExt", "ListenOverflows")).isEqualTo(1);
    assertThat(after.value("Tcp", "MaxConn")).isEqualTo(-1);
    assertThat(after.value("Udp6", "OutDatagrams")).isEqualTo(1);
    assertThat(after.groups())
        .containsExactly(
            "Ip",
            "Icmp",
            "Tcp",
            "Udp",
            "UdpLite",
            "TcpExt",
            "IpExt",
            "MPTcpExt",
            "Ip6",
            "Icmp6",
            "Udp6",
            "UdpLite6");
  }

  @Test
  void aGroupIsReadAndNotWrittenTo() {
    Map<String, Long> udp = after.group("Udp");
    assertThat(udp).containsEntry("RcvbufErrors", 96L).containsEntry("OutDatagrams", 102L);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> udp.put("RcvbufErrors", 0L));
  }

  @Test
  void differenceCountsOnlyWhatHappenedInBetween() {
    ProtocolCounters.Deltas deltas = after.since(before);

    assertThat(deltas.value("Udp", "RcvbufErrors")).isEqualTo(96);
    assertThat(deltas.value("Udp", "InDatagrams")).isEqualTo(3);
    assertThat(deltas.nonZero())
        .containsEntry("Udp.InErrors", 96L)
        .containsEntry("Tcp.ActiveOpens", 10L)
        .doesNotContainKeys("Tcp.MaxConn", "Tcp.CurrEstab", "Udp.NoPorts");
  }

  @Test
  void unknownNamesThrowAndListWhatThereIs() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.value("Udp", "Drops"))
        .withMessageContaining("no such counter: group=Udp, name=Drops, known=[InDatagrams,");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.group("UDP"))
        .withMessageContaining("no such group: group=UDP, known=[Ip, Icmp,");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.since(before).value("Udp", "Drops"))
        .withMessageContaining("no such counter");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.since(before).value("Tcp", "CurrEstab"))
        .withMessageContaining("a gauge has no difference: gauge=Tcp.CurrEstab");
  }

  @Test
  void counterThatWentBackwardsThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> before.since(after))
        .withMessageContaining("counter went backwards: counter=Ip.InReceives");
  }

  @Test
  void gaugeMayFall() {
    assertThat(after.value("Tcp", "CurrEstab")).isEqualTo(11);
    ProtocolCounters fallen =
        parse(SNMP_AFTER.replacing(6, " 1 11 44 ", " 1 0 44 "), NETSTAT_AFTER, SNMP6_AFTER);

    assertThat(fallen.since(after).nonZero()).isEmpty();
  }

  @Test
  void icmpTypeThatIsFirstPrintedWhenNotZeroCountsFromZero() {
    List<String> more = new ArrayList<>(SNMP6_AFTER.lines());
    more.add("Icmp6InType136                  \t4");
    ProtocolCounters later =
        parse(SNMP_AFTER, NETSTAT_AFTER, new Capture(SNMP6_AFTER.name(), more));

    assertThat(later.since(after).nonZero()).containsEntry("Icmp6.InType136", 4L);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.since(later))
        .withMessageContaining("counter vanished: counter=Icmp6.InType136, before=4");
  }

  /** The lines that Linux 6.18 prints once a datagram has met a closed port, and not before. */
  @Test
  void groupOfIcmpTypesThatIsFirstPrintedWhenNotZeroCountsFromZero() {
    List<String> more = new ArrayList<>(SNMP_AFTER.lines());
    more.addAll(4, List.of("IcmpMsg: InType3 OutType3", "IcmpMsg: 1 1"));
    ProtocolCounters later =
        parse(new Capture(SNMP_AFTER.name(), more), NETSTAT_AFTER, SNMP6_AFTER);

    assertThat(later.since(after).nonZero())
        .isEqualTo(Map.of("IcmpMsg.InType3", 1L, "IcmpMsg.OutType3", 1L));
    assertThat(later.since(later).value("IcmpMsg", "InType3")).isZero();
    assertThat(after.value("IcmpMsg", "InType3")).isZero();
    assertThat(after.since(after).value("IcmpMsg", "InType3")).isZero();
    assertThat(later.since(after).value("IcmpMsg", "InType8")).isZero();
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.since(later))
        .withMessageContaining("groups differ: before=[Ip, Icmp, IcmpMsg,");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> after.value("IcmpMsg", "InType"))
        .withMessageContaining("no such group: group=IcmpMsg");
  }

  @Test
  void oddLinesThrow() {
    assertMalformed(SNMP_AFTER.replacing(8, "Udp: 3 0", "Udp: 3"), "10 fields, found 9");
    assertMalformed(SNMP_AFTER.replacing(8, "Udp: 3 ", "Udp: -3 "), "InDatagrams >= 0, found -3");
    assertMalformed(
        SNMP_AFTER.replacing(8, "Udp: 3 ", "Udp: 9223372036854775808 "),
        "InDatagrams as a decimal number of 64 bits");
    assertMalformed(SNMP_AFTER.replacing(8, "Udp:", "Tcp:"), "values that start with \"Udp:\"");
    assertMalformed(SNMP_AFTER.replacing(7, "Udp:", "Udp"), "a group's name and a colon first");
    assertMalformed(SNMP_AFTER.replacing(7, "NoPorts", "InDatagrams"), "Udp InDatagrams only once");
    List<String> cut = SNMP_AFTER.lines().subList(0, 9);
    assertMalformed(new Capture(SNMP_AFTER.name(), cut), "line=9, raw=\"UdpLite:");
  }

  @Test
  void unknownIpv6NamesThrow() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(
            () -> parse(SNMP_AFTER, NETSTAT_AFTER, SNMP6_AFTER.withLine(1, "Sctp6InPackets 1")))
        .withMessageContaining("a name that starts with Ip6");
  }

  @Test
  void emptyFilesThrow() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ProtocolCounters.parse("net", List.of(), List.of()))
        .withMessage("incomplete: source=net, expected=the groups Udp and TcpExt, found []");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsThisKernel() {
    ProtocolCounters now = ProtocolCounters.read();

    assertThat(now.value("Udp", "InDatagrams")).isNotNegative();
    assertThat(now.groups().contains("Ip6")).isEqualTo(Files.exists(Path.of("/proc/net/snmp6")));
    assertThat(ProtocolCounters.read().since(now).value("Udp", "InDatagrams")).isNotNegative();
  }

  private static ProtocolCounters parse(Capture snmp, Capture netstat, Capture snmp6) {
    return ProtocolCounters.parse(
        "net", List.of(snmp.numbered(), netstat.numbered()), snmp6.numbered());
  }

  private static void assertMalformed(Capture snmp, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(snmp, NETSTAT_AFTER, SNMP6_AFTER))
        .withMessageContaining(expected);
  }
}

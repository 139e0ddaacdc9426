package dev.socketlab.probe.internal;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must be known about single names of {@code net/snmp}, {@code netstat} and {@code snmp6}.
 *
 * {@snippet :
 * boolean hasNoDifference = ProtocolGauges.isGauge("Tcp", "CurrEstab");
 * }
 */
public final class ProtocolGauges {
  private static final Set<String> GAUGES =
      Set.of(
          "Ip.Forwarding",
          "Ip.DefaultTTL",
          "Tcp.RtoAlgorithm",
          "Tcp.RtoMin",
          "Tcp.RtoMax",
          "Tcp.MaxConn",
          "Tcp.CurrEstab",
          "MPTcpExt.MPCurrEstab");

  /** ICMP messages by type: the kernel prints such a counter only once it is not 0. */
  private static final Pattern SPARSE = Pattern.compile("(IcmpMsg|Icmp6)\\.(In|Out)Type\\d+");

  private ProtocolGauges() {}

  /** Tell settings and levels, which may fall, from counters, which may not. */
  public static boolean isGauge(String group, String name) {
    return GAUGES.contains(group + "." + name);
  }

  /** Tell a group all of whose counters are sparse, so that it may be missing as a whole. */
  public static boolean isSparse(String group) {
    return group.equals("IcmpMsg");
  }

  public static boolean isPrintedOnlyWhenNotZero(String group, String name) {
    return SPARSE.matcher(group + "." + name).matches();
  }
}

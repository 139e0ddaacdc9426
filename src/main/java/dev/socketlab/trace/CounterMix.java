package dev.socketlab.trace;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.ProtocolGauges;
import dev.socketlab.trace.internal.CounterNames;
import dev.socketlab.trace.internal.MixText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What the kernel's protocol counters counted, from two loads of which one has twice the operations
 * of the other: what grows from one to the other belongs to the operations. Counters are those of a
 * network, whichever process made them move: with client and server on one loopback, a segment
 * counts where it is sent and where it arrives, and {@code Tcp.OutSegs} is that of both ends.
 *
 * {@snippet :
 * long resets = counterMix.slope("Tcp.OutRsts").nearestInteger();
 * }
 *
 * @param alone whether the network was the experiment's own; in that of the host, everything else
 *     on the machine counts too
 * @param warmUp operations before the first load
 * @param operations N, of the smaller load; the larger has 2 N
 * @param slopes every counter that this kernel has, by group and name, such as {@code
 *     TcpExt.DelayedACKs}; gauges have none
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CounterMix(boolean alone, long warmUp, long operations, Map<String, Slope> slopes) {

  @SuppressWarnings("doclint:missing")
  public CounterMix {
    slopes = Collections.unmodifiableMap(new TreeMap<>(slopes));
  }

  /**
   * Tell whether this kernel has a counter.
   *
   * @param name for instance {@code TcpExt.TCPAbortOnClose}
   * @return false where nothing is known of it, which is not 0
   */
  public boolean has(String name) {
    return slopes.containsKey(name) || isPrintedOnlyWhenNotZero(name);
  }

  /**
   * Tell what one operation adds to a counter.
   *
   * @param name group and name, for instance {@code Tcp.OutRsts}
   * @return the slope
   * @throws ProbeException if this kernel has no such counter, or it is a gauge
   */
  public Slope slope(String name) {
    Slope slope = slopes.get(name);
    if (slope != null) {
      return slope;
    }
    if (isPrintedOnlyWhenNotZero(name)) {
      return new Slope(0, 0, operations);
    }
    throw ProbeException.inconsistent(
        "protocol counters", "this kernel has no such counter, or it is a gauge: name=" + name);
  }

  /**
   * Tell what one operation adds to several counters together.
   *
   * @param names group and name of each
   * @return the slope of their sum
   * @throws ProbeException if this kernel lacks one of them
   */
  public Slope slope(List<String> names) {
    return Slope.sum(names.stream().map(this::slope).toList());
  }

  private static boolean isPrintedOnlyWhenNotZero(String name) {
    return ProtocolGauges.isPrintedOnlyWhenNotZero(
        CounterNames.group(name), CounterNames.nameInGroup(name));
  }

  /**
   * Show the counters that moved, the slope and what is left over, the largest slope first.
   *
   * @return a table of several lines
   */
  @Override
  public String toString() {
    return MixText.of(this);
  }
}

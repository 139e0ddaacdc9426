package dev.socketlab.probe;

import dev.socketlab.probe.internal.Counter;
import dev.socketlab.probe.internal.Line;
import dev.socketlab.probe.internal.ProtocolGauges;
import dev.socketlab.probe.internal.SegmentsOnTheirWay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of a network's protocol-wide counters, from {@code net/snmp} (groups Ip, Icmp, IcmpMsg,
 * Tcp, Udp, UdpLite), {@code net/netstat} (TcpExt, IpExt, MPTcpExt) and {@code net/snmp6} (Ip6,
 * Icmp6, Udp6, UdpLite6).
 *
 * <p>They count everything in the network, so they equal one experiment's traffic only in a private
 * network. Verified for UDP on Linux 6.18:
 *
 * <ul>
 *   <li>{@code OutDatagrams} counts a send that the kernel accepted, whatever becomes of it: also
 *       when the receiver's buffer is full, when the loopback backlog drops it, or when nobody is
 *       bound to the port. A segmented send ({@code UDP_SEGMENT}) counts once.
 *   <li>{@code InDatagrams} counts when the application <em>reads</em> a datagram, not when it is
 *       queued; a peek does not count, and what is still queued when the socket is closed never
 *       counts.
 *   <li>{@code RcvbufErrors} counts a datagram that a full receive buffer dropped; {@code InErrors}
 *       includes it.
 *   <li>{@code NoPorts} counts a datagram for a port without a socket.
 *   <li>127.0.0.1 traffic counts in {@code Udp} even when the socket is a dual-stack one; ::1
 *       traffic counts in {@code Udp6}.
 * </ul>
 *
 * {@snippet :
 * ProtocolCounters before = ProtocolCounters.read();
 * drive(server);
 * long accepted = ProtocolCounters.read().since(before).value("Tcp", "PassiveOpens");
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ProtocolCounters {
  private static final String SNMP6 = "snmp6";
  private static final Pattern SNMP6_NAME = Pattern.compile("(Ip6|Icmp6|Udp6|UdpLite6)(\\w+)");
  private static final int LINES_PER_BLOCK = 2;

  private final String source;
  private final Map<String, Map<String, Long>> groups;

  private ProtocolCounters(String source, Map<String, Map<String, Long>> groups) {
    this.source = source;
    this.groups = groups;
  }

  /**
   * Read the counters of the calling thread's network.
   *
   * @return the snapshot
   * @throws ProbeException if a file cannot be read or parsed
   */
  public static ProtocolCounters read() {
    return read(NetworkView.ofCallingThread());
  }

  /**
   * Read the counters of a network.
   *
   * @param view whose network
   * @return the snapshot; a kernel without IPv6 has no {@code snmp6}, and then no group of it
   * @throws ProbeException if a file cannot be read or parsed
   */
  public static ProtocolCounters read(NetworkView view) {
    Path snmp6 = view.file(SNMP6);
    return parse(
        view.directory().toString(),
        List.of(lines(view.file("snmp")), lines(view.file("netstat"))),
        Files.exists(snmp6) ? lines(snmp6) : List.of());
  }

  private static List<Line> lines(Path file) {
    return Line.of(file.toString(), KernelText.lines(file));
  }

  static ProtocolCounters parse(String source, List<List<Line>> blockFiles, List<Line> pairs) {
    Map<String, Map<String, Long>> groups = new LinkedHashMap<>();
    blockFiles.forEach(lines -> addBlocks(groups, lines));
    pairs.forEach(line -> addPair(groups, line));
    if (!groups.containsKey("Udp") || !groups.containsKey("TcpExt")) {
      throw ProbeException.incomplete(
          source, "the groups Udp and TcpExt, found " + groups.keySet());
    }
    groups.replaceAll((_, counters) -> Collections.unmodifiableMap(counters));
    return new ProtocolCounters(source, Collections.unmodifiableMap(groups));
  }

  private static void addBlocks(Map<String, Map<String, Long>> groups, List<Line> lines) {
    if (lines.size() % LINES_PER_BLOCK != 0) {
      throw lines.getLast().malformed("a line of values below it");
    }
    for (int i = 0; i < lines.size(); i += LINES_PER_BLOCK) {
      addBlock(groups, lines.get(i), lines.get(i + 1));
    }
  }

  /** Add a group written as two lines, "Udp: name name" above "Udp: value value". */
  private static void addBlock(Map<String, Map<String, Long>> groups, Line names, Line values) {
    List<String> nameFields = names.fields();
    List<String> valueFields = values.fields(nameFields.size());
    if (nameFields.isEmpty() || !nameFields.getFirst().endsWith(":")) {
      throw names.malformed("a group's name and a colon first");
    }
    String prefix = nameFields.getFirst();
    if (!valueFields.getFirst().equals(prefix)) {
      throw values.malformed("values that start with \"" + prefix + "\" like the line above");
    }
    String group = prefix.substring(0, prefix.length() - 1);
    for (int i = 1; i < nameFields.size(); i++) {
      add(groups, values, group, nameFields.get(i), valueFields.get(i));
    }
  }

  /** Add a counter of {@code snmp6}, written as "Udp6InDatagrams 5". */
  private static void addPair(Map<String, Map<String, Long>> groups, Line line) {
    List<String> fields = line.fields(2);
    Matcher name = SNMP6_NAME.matcher(fields.getFirst());
    if (!name.matches()) {
      throw line.malformed("a name that starts with Ip6, Icmp6, Udp6 or UdpLite6");
    }
    add(groups, line, name.group(1), name.group(2), fields.get(1));
  }

  private static void add(
      Map<String, Map<String, Long>> groups, Line line, String group, String name, String token) {
    long value =
        ProtocolGauges.isGauge(group, name) ? line.signed(token, name) : line.unsigned(token, name);
    if (groups.computeIfAbsent(group, _ -> new LinkedHashMap<>()).put(name, value) != null) {
      throw line.malformed(group + " " + name + " only once");
    }
  }

  /**
   * Count what happened in the calling thread's network, as soon as no segment is on its way any
   * more; at the latest two seconds later on a usual machine, where one was lost. A FIN that has
   * arrived is on its way no more; whether the process has closed its end is told by {@link
   * TcpSockets}.
   *
   * @param before counted before the first connection
   * @return what moved
   * @throws ProbeException if the counters cannot be read
   */
  public static Deltas settledSince(ProtocolCounters before) {
    return SegmentsOnTheirWay.awaitSince(List.of(before), () -> List.of(read())).getFirst();
  }

  /**
   * Name the file that holds a group.
   *
   * @param group as the kernel names it, for instance {@code TcpExt}
   * @return its path below {@code /proc}
   */
  public static String file(String group) {
    if (group.endsWith("Ext")) {
      return "net/netstat";
    }
    return group.endsWith("6") ? "net/snmp6" : "net/snmp";
  }

  /**
   * Look up one counter.
   *
   * @param group as the kernel names it, for instance {@code Udp}, {@code TcpExt}, {@code Udp6}
   * @param name as the kernel names it, for instance {@code RcvbufErrors}
   * @return its value; at least 0, except for {@code Tcp MaxConn}, which is -1 when there is no
   *     limit; 0 of an ICMP type ({@code IcmpMsg InType3}) that the kernel does not print, which it
   *     does only once it is not 0
   * @throws ProbeException if there is no such group or counter; the message lists what there is
   */
  public long value(String group, String name) {
    return lookUp(source, ofGroup(source, groups, group, name), group, name);
  }

  /** A sparse group that is not printed has counted nothing. */
  static Map<String, Long> ofGroup(
      String source, Map<String, Map<String, Long>> groups, String group, String name) {
    Map<String, Long> counters = groups.get(group);
    if (counters != null) {
      return counters;
    }
    if (ProtocolGauges.isSparse(group) && ProtocolGauges.isPrintedOnlyWhenNotZero(group, name)) {
      return Map.of();
    }
    throw ProbeException.inconsistent(
        source, "no such group: group=%s, known=%s".formatted(group, groups.keySet()));
  }

  static long lookUp(String source, Map<String, Long> counters, String group, String name) {
    Long value = counters.get(name);
    if (value == null && ProtocolGauges.isPrintedOnlyWhenNotZero(group, name)) {
      return 0;
    }
    if (value == null) {
      throw ProbeException.inconsistent(
          source,
          "no such counter: group=%s, name=%s, known=%s".formatted(group, name, counters.keySet()));
    }
    return value;
  }

  /**
   * List a group's counters.
   *
   * @param group as the kernel names it
   * @return name to value, in the kernel's order
   * @throws ProbeException if there is no such group; the message lists the groups
   */
  public Map<String, Long> group(String group) {
    Map<String, Long> counters = groups.get(group);
    if (counters == null) {
      throw ProbeException.inconsistent(
          source, "no such group: group=%s, known=%s".formatted(group, groups.keySet()));
    }
    return counters;
  }

  /**
   * List the groups.
   *
   * @return their names, in the kernel's order
   */
  public Set<String> groups() {
    return groups.keySet();
  }

  /**
   * Subtract an earlier snapshot of the same network.
   *
   * @param before the earlier snapshot
   * @return what each counter counted in between; gauges, such as {@code Tcp CurrEstab}, are not in
   *     it
   * @throws ProbeException if a counter went backwards (for instance because the snapshots are of
   *     two networks) or the snapshots do not have the same counters
   */
  public Deltas since(ProtocolCounters before) {
    Set<String> earlier = new LinkedHashSet<>(before.groups());
    groups().stream().filter(ProtocolGauges::isSparse).forEach(earlier::add);
    if (!groups().equals(earlier)) {
      throw ProbeException.inconsistent(
          source, "groups differ: before=%s, after=%s".formatted(before.groups(), groups()));
    }
    Map<String, Map<String, Long>> deltas = new LinkedHashMap<>();
    groups.forEach((group, after) ->
        deltas.put(group, difference(group, before.groups.getOrDefault(group, Map.of()), after)));
    return new Deltas(source, Collections.unmodifiableMap(deltas));
  }

  private Map<String, Long> difference(
      String group, Map<String, Long> before, Map<String, Long> after) {
    Map<String, Long> deltas = new LinkedHashMap<>();
    before.forEach((name, value) -> {
      if (!after.containsKey(name)) {
        throw ProbeException.inconsistent(
            source, "counter vanished: counter=%s.%s, before=%d".formatted(group, name, value));
      }
    });
    after.forEach((name, value) -> {
      if (!ProtocolGauges.isGauge(group, name)) {
        long earlier = lookUp("earlier snapshot of " + source, before, group, name);
        deltas.put(name, Counter.difference(source, group + "." + name, earlier, value));
      }
    });
    return Collections.unmodifiableMap(deltas);
  }

  /**
   * What the protocol counters of a network counted between two {@link ProtocolCounters} snapshots.
   *
   * {@snippet :
   * ProtocolCounters before = ProtocolCounters.read();
   * burst.run();
   * long overflows = ProtocolCounters.read().since(before).value("TcpExt", "ListenOverflows");
   * }
   */
  public static final class Deltas {
    private final String source;
    private final Map<String, Map<String, Long>> groups;

    /**
     * Made by {@link ProtocolCounters#since}.
     *
     * @param source what was read
     * @param groups the differences, by group and name
     */
    public Deltas(String source, Map<String, Map<String, Long>> groups) {
      this.source = source;
      this.groups = groups;
    }

    /**
     * Look up one difference.
     *
     * @param group as the kernel names it, for instance {@code Udp}
     * @param name as the kernel names it, for instance {@code RcvbufErrors}
     * @return events counted in between, at least 0
     * @throws ProbeException if there is no such group or counter, or it is a gauge, which has no
     *     difference
     */
    public long value(String group, String name) {
      Map<String, Long> counters = ProtocolCounters.ofGroup(source, groups, group, name);
      if (ProtocolGauges.isGauge(group, name)) {
        throw ProbeException.inconsistent(
            source, "a gauge has no difference: gauge=" + group + "." + name);
      }
      return ProtocolCounters.lookUp(source, counters, group, name);
    }

    /**
     * List what moved.
     *
     * @return {@code Udp.RcvbufErrors} and the like to events counted, sorted by name, without the
     *     zeros
     */
    public SortedMap<String, Long> nonZero() {
      SortedMap<String, Long> moved = new TreeMap<>(all());
      moved.values().removeIf(value -> value == 0);
      return Collections.unmodifiableSortedMap(moved);
    }

    /**
     * List every counter that the kernel prints, whether it moved or not.
     *
     * @return {@code Udp.RcvbufErrors} and the like to events counted, sorted by name
     */
    public SortedMap<String, Long> all() {
      SortedMap<String, Long> all = new TreeMap<>();
      groups.forEach((group, counters) ->
          counters.forEach((name, value) -> all.put(group + "." + name, value)));
      return Collections.unmodifiableSortedMap(all);
    }
  }
}

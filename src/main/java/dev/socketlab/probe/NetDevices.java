package dev.socketlab.probe;

import dev.socketlab.probe.internal.Counter;
import dev.socketlab.probe.internal.Line;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Snapshot of the devices of a network, from {@code net/dev}.
 *
 * <p>Two lines of headings, then per device its name, a colon and sixteen decimal counters: eight
 * received ({@code bytes packets errs drop fifo frame compressed multicast}), eight transmitted
 * ({@code bytes packets errs drop fifo colls carrier compressed}).
 *
 * <p>Loopback (verified on Linux 6.18): a packet that finds the backlog queue of its CPU full
 * ({@code net.core.netdev_max_backlog}) is counted in {@code lo}'s receive {@code drop}, in the
 * {@code dropped} column of {@code net/softnet_stat}, and nowhere else: not in {@code lo}'s
 * packets, not in {@code Udp InErrors}, not in a socket's drops. Its sender sees success. A single
 * sender empties the queue within its own send call, so no burst of it overflows even a backlog of
 * 0; it took packets steered to a busy other CPU (receive packet steering) to overflow it.
 *
 * {@snippet :
 * NetDevices.Device before = NetDevices.read().device("lo");
 * burst();
 * long dropped = NetDevices.read().device("lo").since(before).received().drop();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class NetDevices {
  private static final List<String> FIRST_HEADING = List.of("Inter-|", "Receive", "|", "Transmit");
  private static final String SECOND_HEADING =
      "face |bytes packets errs drop fifo frame compressed multicast"
          + "|bytes packets errs drop fifo colls carrier compressed";
  private static final int HEADINGS = 2;
  private static final int COUNTERS = 16;
  private static final int COUNTERS_PER_SIDE = 8;

  private final String source;
  private final Map<String, Device> devices;

  private NetDevices(String source, Map<String, Device> devices) {
    this.source = source;
    this.devices = devices;
  }

  /**
   * Read the devices of the calling thread's network.
   *
   * @return the snapshot
   * @throws ProbeException if the file cannot be read or parsed
   */
  public static NetDevices read() {
    return read(NetworkView.ofCallingThread());
  }

  /**
   * Read the devices of a network.
   *
   * @param view whose network
   * @return the snapshot
   * @throws ProbeException if the file cannot be read or parsed
   */
  public static NetDevices read(NetworkView view) {
    Path file = view.file("dev");
    return parse(file.toString(), KernelText.lines(file));
  }

  static NetDevices parse(String source, List<String> text) {
    List<Line> lines = Line.of(source, text);
    if (lines.size() < HEADINGS) {
      throw ProbeException.incomplete(source, "two lines of headings");
    }
    lines.get(0).requireHeader(FIRST_HEADING);
    lines.get(1).requireHeader(List.of(SECOND_HEADING.split(" ")));
    Map<String, Device> devices = new LinkedHashMap<>();
    for (Line line : lines.subList(HEADINGS, lines.size())) {
      Device device = device(line);
      devices.put(device.name(), device);
    }
    return new NetDevices(source, Collections.unmodifiableMap(devices));
  }

  private static Device device(Line line) {
    int colon = line.text().indexOf(':');
    if (colon < 0) {
      throw line.malformed("a device's name and a colon");
    }
    String name = line.text().substring(0, colon).strip();
    Line rest = new Line(line.source(), line.number(), line.text().substring(colon + 1));
    List<String> fields = rest.fields();
    if (name.isEmpty() || fields.size() != COUNTERS) {
      throw line.malformed("a name, a colon and 16 counters, found " + fields.size());
    }
    long[] c = fields.stream().mapToLong(field -> line.unsigned(field, "a counter")).toArray();
    int t = COUNTERS_PER_SIDE;
    return new Device(
        name,
        new Device.Received(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]),
        new Device.Transmitted(
            c[t], c[t + 1], c[t + 2], c[t + 3], c[t + 4], c[t + 5], c[t + 6], c[t + 7]));
  }

  /**
   * Look up one device.
   *
   * @param name for instance {@code lo}
   * @return its counters
   * @throws ProbeException if the network has no such device; the message lists those it has
   */
  public Device device(String name) {
    Device device = devices.get(name);
    if (device == null) {
      throw ProbeException.inconsistent(
          source, "no such device: name=%s, known=%s".formatted(name, devices.keySet()));
    }
    return device;
  }

  /**
   * List every device.
   *
   * @return name to counters, in the kernel's order
   */
  public Map<String, Device> all() {
    return devices;
  }

  /**
   * Counters of one network device: a line of {@code net/dev}; 64 bits each, since the device was
   * created, or a difference between two such readings.
   *
   * {@snippet :
   * NetDevices.Device before = NetDevices.read().device("lo");
   * burst.run();
   * long dropped = NetDevices.read().device("lo").since(before).received().drop();
   * }
   *
   * @param name the device, for instance {@code lo}
   * @param received what arrived
   * @param transmitted what was sent
   */
  public record Device(String name, Received received, Transmitted transmitted) {

    /**
     * Receive side of a device.
     *
     * @param bytes bytes of packets handed to the protocols
     * @param packets packets handed to the protocols; on {@code lo}, without the dropped ones
     * @param errs bad packets
     * @param drop packets dropped before any protocol saw them; on {@code lo}, exactly those that
     *     found the backlog of a CPU full, see {@code net/softnet_stat}
     * @param fifo overruns of the device's own queue
     * @param frame framing errors
     * @param compressed compressed packets
     * @param multicast multicast packets
     */
    public record Received(
        long bytes,
        long packets,
        long errs,
        long drop,
        long fifo,
        long frame,
        long compressed,
        long multicast) {}

    /**
     * Transmit side of a device.
     *
     * @param bytes bytes sent
     * @param packets packets sent
     * @param errs packets that failed
     * @param drop packets dropped on the way out
     * @param fifo underruns of the device's own queue
     * @param colls collisions
     * @param carrier carrier losses
     * @param compressed compressed packets
     */
    public record Transmitted(
        long bytes,
        long packets,
        long errs,
        long drop,
        long fifo,
        long colls,
        long carrier,
        long compressed) {}

    /**
     * Subtract an earlier reading of this device.
     *
     * @param before the earlier reading
     * @return what each counter counted in between
     * @throws ProbeException if the readings are of different devices or a counter went backwards
     */
    public Device since(Device before) {
      if (!name.equals(before.name)) {
        throw ProbeException.inconsistent(
            "net/dev", "not the same device: before=%s, after=%s".formatted(before.name, name));
      }
      Received r = received;
      Received s = before.received;
      Transmitted t = transmitted;
      Transmitted u = before.transmitted;
      return new Device(
          name,
          new Received(
              grown("rx bytes", s.bytes, r.bytes),
              grown("rx packets", s.packets, r.packets),
              grown("rx errs", s.errs, r.errs),
              grown("rx drop", s.drop, r.drop),
              grown("rx fifo", s.fifo, r.fifo),
              grown("rx frame", s.frame, r.frame),
              grown("rx compressed", s.compressed, r.compressed),
              grown("rx multicast", s.multicast, r.multicast)),
          new Transmitted(
              grown("tx bytes", u.bytes, t.bytes),
              grown("tx packets", u.packets, t.packets),
              grown("tx errs", u.errs, t.errs),
              grown("tx drop", u.drop, t.drop),
              grown("tx fifo", u.fifo, t.fifo),
              grown("tx colls", u.colls, t.colls),
              grown("tx carrier", u.carrier, t.carrier),
              grown("tx compressed", u.compressed, t.compressed)));
    }

    private long grown(String counter, long before, long after) {
      return Counter.difference("net/dev " + name, counter, before, after);
    }
  }
}

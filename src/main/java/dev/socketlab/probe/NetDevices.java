package dev.socketlab.probe;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * <pre>{@code
 * NetDevice before = NetDevices.read().device("lo");
 * burst();
 * long dropped = NetDevices.read().device("lo").since(before).received().drop();
 * }</pre>
 */
public final class NetDevices {
  private static final List<String> FIRST_HEADING = List.of("Inter-|", "Receive", "|", "Transmit");
  private static final String SECOND_HEADING =
      "face |bytes packets errs drop fifo frame compressed multicast"
          + "|bytes packets errs drop fifo colls carrier compressed";
  private static final int HEADINGS = 2;
  private static final int COUNTERS = 16;
  private static final int COUNTERS_PER_SIDE = 8;

  private final String source;
  private final Map<String, NetDevice> devices;

  private NetDevices(String source, Map<String, NetDevice> devices) {
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
    Map<String, NetDevice> devices = new LinkedHashMap<>();
    for (Line line : lines.subList(HEADINGS, lines.size())) {
      NetDevice device = device(line);
      devices.put(device.name(), device);
    }
    return new NetDevices(source, Collections.unmodifiableMap(devices));
  }

  private static NetDevice device(Line line) {
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
    return new NetDevice(
        name,
        new NetDevice.Received(c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]),
        new NetDevice.Transmitted(
            c[t], c[t + 1], c[t + 2], c[t + 3], c[t + 4], c[t + 5], c[t + 6], c[t + 7]));
  }

  /**
   * Look up one device.
   *
   * @param name for instance {@code lo}
   * @return its counters
   * @throws ProbeException if the network has no such device; the message lists those it has
   */
  public NetDevice device(String name) {
    NetDevice device = devices.get(name);
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
  public Map<String, NetDevice> all() {
    return devices;
  }
}

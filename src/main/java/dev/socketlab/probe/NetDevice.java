package dev.socketlab.probe;

/**
 * Counters of one network device: a line of {@code net/dev}; 64 bits each, since the device was
 * created, or a difference between two such readings.
 *
 * <pre>{@code
 * NetDevice before = NetDevices.read().device("lo");
 * burst.run();
 * long dropped = NetDevices.read().device("lo").since(before).received().drop();
 * }</pre>
 *
 * @param name the device, for instance {@code lo}
 * @param received what arrived
 * @param transmitted what was sent
 */
public record NetDevice(String name, Received received, Transmitted transmitted) {

  /**
   * Receive side of a device.
   *
   * @param bytes bytes of packets handed to the protocols
   * @param packets packets handed to the protocols; on {@code lo}, without the dropped ones
   * @param errs bad packets
   * @param drop packets dropped before any protocol saw them; on {@code lo}, exactly those that
   *     found the backlog of a CPU full, see {@link Softnet}
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
  public NetDevice since(NetDevice before) {
    if (!name.equals(before.name)) {
      throw ProbeException.inconsistent(
          "net/dev", "not the same device: before=%s, after=%s".formatted(before.name, name));
    }
    Received r = received;
    Received s = before.received;
    Transmitted t = transmitted;
    Transmitted u = before.transmitted;
    return new NetDevice(
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

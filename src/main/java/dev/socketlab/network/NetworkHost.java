package dev.socketlab.network;

import dev.socketlab.network.LinkFault.Counts;
import dev.socketlab.network.internal.Changes;
import dev.socketlab.network.internal.NetworkTool;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * One end of a link between two private networks: a host with an address of its own. Code runs
 * there through {@link #call}, a subject through {@code SubjectBuilder.on}; faults are set on what
 * arrives there or leaves. A private network without a link has one host, with settings alone.
 *
 * {@snippet :
 * Subject server = lab.java(Server.class, "{port}").on(lab.peer()).start();
 * long arrived = lab.peer().call(() -> ProtocolCounters.read().value("Udp", "InDatagrams"));
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class NetworkHost {

  static final String DEVICE = "link0";
  private static final String LOOPBACK = "lo";

  /** That of a new pair of virtual devices. */
  private static final int DEFAULT_MTU = 1_500;

  private static final Pattern QDISC_COUNTER = Pattern.compile(" (\\d+) pkt \\(dropped (\\d+),");

  private final PrivateNetworkThread thread;
  private final InetAddress address;
  private final Changes changes = new Changes();
  private @Nullable NetworkHost other;
  private int mtu = DEFAULT_MTU;

  NetworkHost(PrivateNetworkThread thread, InetAddress address) {
    this.thread = thread;
    this.address = address;
  }

  /**
   * Makes the one host of a private network without a link.
   *
   * @param thread a thread in the network
   * @return the host, whose address is 127.0.0.1
   */
  @API(status = Status.INTERNAL, since = "0.1")
  public static NetworkHost alone(PrivateNetworkThread thread) {
    return new NetworkHost(thread, InetAddress.ofLiteral("127.0.0.1"));
  }

  static void link(NetworkHost one, NetworkHost two) {
    one.other = two;
    two.other = one;
  }

  private NetworkHost other() {
    NetworkHost linked = other;
    if (linked == null) {
      throw new IllegalStateException(
          "this network has one host and no link; ask for two with @PrivateNetwork(hosts = 2)");
    }
    return linked;
  }

  /**
   * Its address on the link.
   *
   * @return an address of 198.18.0.0/15, which is set apart for benchmarks (RFC 2544); 127.0.0.1
   *     where there is no link
   */
  public InetAddress address() {
    return address;
  }

  /**
   * Runs something on this host and waits for it: sockets that it opens and processes that it
   * starts are there, and probes read that network.
   *
   * @param work what to run
   * @param <T> the type of its result
   * @return its result
   * @throws Exception what it threw
   */
  public <T> T call(Callable<T> work) throws Exception {
    return thread.call(work);
  }

  /**
   * Sets a setting of this host's network, for instance {@code net.ipv4.tcp_abort_on_overflow}. In
   * an experiment it is as before when the trial or test that set it has ended, and the artifact
   * says what was set. Sockets take many settings over when they are made: set it before the
   * subject starts.
   *
   * @param setting its dotted name, below {@code net.}
   * @param value a number, or text such as {@code 4096 87380 6291456}
   * @throws IllegalArgumentException if no network has such a setting of its own, or the kernel
   *     does not take the value
   * @throws NetworkRefusedException if only the host has this setting, or it can only be read here
   */
  public void set(String setting, Object value) {
    String before = NetworkSetting.set(this, setting, value.toString());
    String where = other == null ? "" : " on " + address.getHostAddress();
    changes.add(
        "%s = %s%s".formatted(setting, value, where),
        () -> NetworkSetting.set(this, setting, before));
  }

  /**
   * Sets the MTU of the link, at both of its ends. In an experiment it is as before when the trial
   * or test has ended.
   *
   * @param bytes the largest packet that the link carries, its IP header included: 68 to 65535
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public void linkMtu(int bytes) {
    if (bytes < 68 || bytes > 65_535) {
      throw new IllegalArgumentException("an MTU is 68 to 65535 bytes: bytes=" + bytes);
    }
    for (NetworkHost end : List.of(this, other())) {
      int before = end.mtu;
      end.setMtu(bytes);
      changes.add("the link's MTU = " + bytes, () -> end.setMtu(before));
    }
  }

  private void setMtu(int bytes) {
    tool(NetworkTool.IP, "", "link", "set", DEVICE, "mtu", Integer.toString(bytes));
    mtu = bytes;
  }

  /**
   * Drops the n-th, 2n-th, 3n-th … packet that arrives here over the link, counted from now, before
   * any socket sees it. Deterministic: it counts, it does not draw lots. With one host and no link,
   * this and the other drops are of its loopback, which carries both directions. Needs {@code nft}.
   *
   * @param n at least 2; {@link #dropAll} drops each
   * @param traffic the packets that are counted; the others pass
   * @return the fault
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault dropEvery(int n, Traffic traffic) {
    if (n < 2) {
      throw new IllegalArgumentException("n must be at least 2: n=" + n);
    }
    return drop(
        "each %sth %s that arrives at %s is dropped"
            .formatted(n, traffic, address.getHostAddress()),
        traffic,
        "numgen inc mod " + n + " " + (n - 1));
  }

  /**
   * Drops the first packets that arrive here over the link, counted from now, and lets later ones
   * pass: a loss that happens once. Needs {@code nft}.
   *
   * @param n how many, at least 1
   * @param traffic the packets that are counted; the others pass
   * @return the fault
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault dropFirst(int n, Traffic traffic) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be at least 1: n=" + n);
    }
    return drop(
        "the first %s of: each %s that arrives at %s is dropped"
            .formatted(n, traffic, address.getHostAddress()),
        traffic,
        // A counter of 32 bits: it starts again after 4 thousand million packets.
        "numgen inc mod 4294967295 < " + n);
  }

  /**
   * Drops each packet that arrives here over the link: one direction is cut. Needs {@code nft}.
   *
   * @param traffic the packets that are dropped; the others pass
   * @return the fault
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault dropAll(Traffic traffic) {
    return drop(
        "each %s that arrives at %s is dropped".formatted(traffic, address.getHostAddress()),
        traffic,
        "");
  }

  /**
   * Cuts the link in both directions, without either end being told: what is sent is lost. Needs
   * {@code nft}.
   *
   * @return the fault; its counts are those of both directions together
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault cut() {
    LinkFault arriving = dropAll(Traffic.ALL);
    LinkFault leaving = other().dropAll(Traffic.ALL);
    return added(
        new LinkFault(
            "the link is cut",
            () -> arriving.counts().plus(leaving.counts()),
            () -> {
              arriving.close();
              leaving.close();
            }));
  }

  /**
   * Drops packets that arrive here over the link by chance, each with the same probability. What it
   * drops differs from run to run; only its counts can be relied on. Needs {@code nft}.
   *
   * @param percent 1 to 99
   * @param traffic the packets that are drawn for; the others pass
   * @return the fault
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault dropPercent(int percent, Traffic traffic) {
    if (percent < 1 || percent > 99) {
      throw new IllegalArgumentException("percent must be 1 to 99: percent=" + percent);
    }
    return drop(
        "%s %% of: each %s that arrives at %s is dropped by chance"
            .formatted(percent, traffic, address.getHostAddress()),
        traffic,
        "numgen random mod 100 < " + percent);
  }

  private LinkFault drop(String name, Traffic traffic, String choice) {
    NftDrop table = NftDrop.of(other == null ? LOOPBACK : DEVICE, traffic, choice);
    tool(NetworkTool.NFT, table.text(), "-f", "-");
    return added(
        new LinkFault(
            name,
            () -> NftDrop.counts(known(NetworkTool.NFT, "list", "table", "ip", table.name())),
            () -> known(NetworkTool.NFT, "delete", "table", "ip", table.name())));
  }

  /**
   * Caps what leaves here over the link at a rate; what is too fast waits in a queue, and is
   * dropped where the queue is full. Loopback is not capped. One cap or delay at a time. Needs
   * {@code tc}.
   *
   * @param bitsPerSecond the rate, at least 8000
   * @param burstBytes how much may leave at once, at least 2000, so that a whole packet can
   * @param queueBytes how much may wait
   * @return the fault; its counts show what left and what the full queue dropped
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault capBandwidth(long bitsPerSecond, int burstBytes, int queueBytes) {
    if (bitsPerSecond < 8_000 || burstBytes < 2_000 || queueBytes < 0) {
      throw new IllegalArgumentException(
          "a cap needs bitsPerSecond >= 8000, burstBytes >= 2000, queueBytes >= 0:"
              + " bitsPerSecond=%d, burstBytes=%d, queueBytes=%d"
                  .formatted(bitsPerSecond, burstBytes, queueBytes));
    }
    return leaving(
        "at most %s bit/s leave %s".formatted(bitsPerSecond, address.getHostAddress()),
        "tbf rate " + bitsPerSecond + "bit burst " + burstBytes + "b limit " + queueBytes + "b");
  }

  /**
   * Delays each packet that leaves here over the link. One cap or delay at a time. Needs {@code tc}
   * and a kernel with {@code sch_netem}, which not every one has.
   *
   * @param delay at least 1 microsecond
   * @return the fault
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault delay(Duration delay) {
    long delayUs = delay.toNanos() / 1_000;
    if (delayUs < 1) {
      throw new IllegalArgumentException("a delay must be at least 1 microsecond: delay=" + delay);
    }
    return leaving(
        "what leaves %s is delayed by %s us".formatted(address.getHostAddress(), delayUs),
        "netem delay " + delayUs + "us");
  }

  private LinkFault leaving(String name, String discipline) {
    String command = "qdisc add dev %s root %s".formatted(DEVICE, discipline);
    tool(NetworkTool.TC, "", command.split(" ", -1));
    return added(
        new LinkFault(
            name,
            () -> queueCounts(known(NetworkTool.TC, "-s", "qdisc", "show", "dev", DEVICE)),
            () -> known(NetworkTool.TC, "qdisc", "delete", "dev", DEVICE, "root")));
  }

  static Counts queueCounts(String shown) {
    Matcher counter = QDISC_COUNTER.matcher(shown);
    if (!counter.find()) {
      throw new IllegalStateException("tc shows no \"N pkt (dropped N\": " + shown);
    }
    long dropped = Long.parseLong(counter.group(2));
    return new Counts(Long.parseLong(counter.group(1)) + dropped, dropped);
  }

  private LinkFault added(LinkFault fault) {
    changes.add(fault.toString(), fault::close);
    return fault;
  }

  /**
   * What was changed here, for the framework, which takes it back.
   *
   * @return all changes, those of the whole experiment
   */
  @API(status = Status.INTERNAL, since = "0.1")
  public Changes changes() {
    return changes;
  }

  PrivateNetworkThread thread() {
    return thread;
  }

  /** Asks about a fault that was set, or removes it: what fails then is no refusal any more. */
  private String known(NetworkTool tool, String... arguments) {
    try {
      return tool(tool, "", arguments);
    } catch (NetworkRefusedException failure) {
      throw new IllegalStateException(
          "a fault that was set cannot be read or removed: " + failure.getMessage(), failure);
    }
  }

  String tool(NetworkTool tool, String input, String... arguments) {
    try {
      return call(() -> tool.run(input, arguments));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%s was not run on %s", tool, address), failure);
    }
  }
}

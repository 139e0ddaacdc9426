package dev.socketlab.network;

import dev.socketlab.network.LinkFault.Counts;
import dev.socketlab.network.internal.NetworkTool;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One end of a link between two private networks: a host with an address of its own. Code runs
 * there through {@link #call}, a subject through {@code SubjectBuilder.on}; faults are set on what
 * arrives there or leaves.
 *
 * {@snippet :
 * Subject server = lab.java(Server.class, "{port}").on(lab.peer()).start();
 * long arrived = lab.peer().call(() -> ProtocolCounters.read().value("Udp", "InDatagrams"));
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class NetworkHost {

  static final String DEVICE = "link0";

  private static final AtomicInteger FAULTS = new AtomicInteger();
  private static final Pattern NFT_COUNTER =
      Pattern.compile("counter (seen|dropped) \\{\\s+packets (\\d+) ");
  private static final Pattern QDISC_COUNTER = Pattern.compile(" (\\d+) pkt \\(dropped (\\d+),");

  private final PrivateNetworkThread thread;
  private final InetAddress address;
  private final List<LinkFault> faults = new ArrayList<>();

  NetworkHost(PrivateNetworkThread thread, InetAddress address) {
    this.thread = thread;
    this.address = address;
  }

  /**
   * Its address on the link.
   *
   * @return an address of 198.18.0.0/15, which is set apart for benchmarks (RFC 2544)
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
   * Drops the n-th, 2n-th, 3n-th … packet that arrives here over the link, counted from now, before
   * any socket sees it. Deterministic: it counts, it does not draw lots. Needs {@code nft}.
   *
   * @param n at least 2
   * @param traffic the packets that are counted; the others pass
   * @return the fault
   * @throws NetworkRefusedException with the reason where the tool or the kernel cannot
   */
  public LinkFault dropEvery(int n, Traffic traffic) {
    if (n < 2) {
      throw new IllegalArgumentException("n must be at least 2: n=" + n);
    }
    String which = traffic == Traffic.ALL ? "packet" : traffic + " packet";
    return drop(
        "each %dth %s that arrives at %s is dropped".formatted(n, which, address.getHostAddress()),
        traffic,
        "numgen inc mod " + n + " " + (n - 1));
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
        "%d %% of %s that arrive at %s are dropped by chance"
            .formatted(percent, traffic, address.getHostAddress()),
        traffic,
        "numgen random mod 100 < " + percent);
  }

  private LinkFault drop(String name, Traffic traffic, String choice) {
    String table = "socketlab_" + FAULTS.incrementAndGet();
    tool(
        NetworkTool.NFT,
        """
        table ip %s {
          counter seen { }
          counter dropped { }
          chain arriving {
            type filter hook input priority 0; policy accept;
            iifname "%s" %s counter name "seen" %s counter name "dropped" drop
          }
        }
        """
            .formatted(table, DEVICE, traffic.match(), choice),
        "-f",
        "-");
    return added(
        new LinkFault(
            name,
            () -> dropCounts(known(NetworkTool.NFT, "list", "table", "ip", table)),
            () -> known(NetworkTool.NFT, "delete", "table", "ip", table)));
  }

  static Counts dropCounts(String table) {
    long seen = -1;
    long dropped = -1;
    Matcher counter = NFT_COUNTER.matcher(table);
    while (counter.find()) {
      long packets = Long.parseLong(counter.group(2));
      if (counter.group(1).equals("seen")) {
        seen = packets;
      } else {
        dropped = packets;
      }
    }
    if (seen < 0 || dropped < 0) {
      throw new IllegalStateException("nft shows no counters \"seen\" and \"dropped\": " + table);
    }
    return new Counts(seen, dropped);
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
        "at most %d bit/s leave %s".formatted(bitsPerSecond, address.getHostAddress()),
        "tbf rate %dbit burst %db limit %db".formatted(bitsPerSecond, burstBytes, queueBytes));
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
        "what leaves %s is delayed by %d us".formatted(address.getHostAddress(), delayUs),
        "netem delay %dus".formatted(delayUs));
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
    faults.add(fault);
    return fault;
  }

  /** All faults that were ever set here, removed ones included. */
  List<LinkFault> faults() {
    return faults;
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

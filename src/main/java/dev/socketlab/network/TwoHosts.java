package dev.socketlab.network;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.internal.NetworkTool;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.awaitility.Awaitility;

/**
 * Two private networks joined by a pair of virtual Ethernet devices: a link whose two ends are
 * hosts with addresses, sockets and counters of their own. Neither can reach anything else. The
 * kernel removes devices and networks with the last thread, process and socket in them.
 *
 * <p>The link is quiet: it carries no ARP and no IPv6, so that its counters show the experiment's
 * packets alone. A datagram has crossed it in both directions before it is handed out.
 *
 * {@snippet :
 * try (TwoHosts hosts = TwoHosts.open()) {
 *   LinkFault fault = hosts.peer().dropEvery(3, Traffic.UDP);
 *   long dropped = fault.counts().dropped();
 * }
 * }
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class TwoHosts implements AutoCloseable {

  private static final Duration UP_AT_MOST = Duration.ofSeconds(5);
  private static final End HERE = new End("198.18.0.1", "02:00:00:00:00:01");
  private static final End PEER = new End("198.18.0.2", "02:00:00:00:00:02");

  private final NetworkHost here;
  private final NetworkHost peer;

  private record End(String address, String hardware) {}

  private TwoHosts(NetworkHost here, NetworkHost peer) {
    this.here = here;
    this.peer = peer;
    NetworkHost.link(here, peer);
  }

  /**
   * Makes two networks and joins them. Needs what a private network needs, and {@code ip}.
   *
   * @return the hosts, which can reach each other
   * @throws NetworkRefusedException with the reason where that is not possible
   */
  public static TwoHosts open() {
    PrivateNetworkThread here = PrivateNetworkThread.open();
    try {
      PrivateNetworkThread there = PrivateNetworkThread.open();
      TwoHosts hosts = new TwoHosts(host(here, HERE), host(there, PEER));
      try {
        hosts.join();
        return hosts;
      } catch (RuntimeException | Error failure) {
        there.close();
        throw failure;
      }
    } catch (RuntimeException | Error failure) {
      here.close();
      throw failure;
    }
  }

  private static NetworkHost host(PrivateNetworkThread thread, End end) {
    return new NetworkHost(thread, InetAddress.ofLiteral(end.address()));
  }

  /**
   * The host that the experiment's own code is on.
   *
   * @return 198.18.0.1
   */
  public NetworkHost here() {
    return here;
  }

  /**
   * The other host.
   *
   * @return 198.18.0.2
   */
  public NetworkHost peer() {
    return peer;
  }

  /**
   * The thread in the network of {@link #here}.
   *
   * @return the thread
   */
  public PrivateNetworkThread thread() {
    return here.thread();
  }

  /** Ends both threads; the networks end with the last socket and process in them. */
  @Override
  public void close() {
    here.thread().close();
    peer.thread().close();
  }

  private void join() {
    try {
      String network = peer.call(() -> Files.readSymbolicLink(Path.of("/proc/thread-self"))) + "";
      here.tool(
          NetworkTool.IP,
          "link add %s address %s type veth peer name %s address %s netns /proc/%s/ns/net%n"
              .formatted(
                  NetworkHost.DEVICE,
                  HERE.hardware(),
                  NetworkHost.DEVICE,
                  PEER.hardware(),
                  network),
          "-batch",
          "-");
      setUp(here, HERE, PEER);
      setUp(peer, PEER, HERE);
      awaitCrossing();
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("two private networks cannot be joined", failure);
    }
  }

  private static void setUp(NetworkHost host, End own, End other) {
    host.tool(
        NetworkTool.IP,
        """
        link set {device} addrgenmode none
        address add {own}/24 dev {device}
        link set {device} up
        neighbour add {other} lladdr {hardware} dev {device} nud permanent
        """
            .replace("{device}", NetworkHost.DEVICE)
            .replace("{own}", own.address())
            .replace("{other}", other.address())
            .replace("{hardware}", other.hardware()),
        "-batch",
        "-");
  }

  /** A device that is up drops what it sends until the kernel has noticed the carrier. */
  private void awaitCrossing() throws Exception {
    try (DatagramChannel one = here.call(() -> bound(here.address()));
        DatagramChannel other = peer.call(() -> bound(peer.address()))) {
      awaitCrossing(one, other);
      awaitCrossing(other, one);
    }
  }

  private static DatagramChannel bound(InetAddress address) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.bind(new InetSocketAddress(address, 0)).configureBlocking(false);
    return channel;
  }

  private static void awaitCrossing(DatagramChannel from, DatagramChannel to) {
    Awaitility.await("a datagram crosses the link")
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(TimeOut.scaled(UP_AT_MOST))
        .until(() -> {
          from.send(ByteBuffer.allocate(1), to.getLocalAddress());
          return to.receive(ByteBuffer.allocate(1)) != null;
        });
  }
}

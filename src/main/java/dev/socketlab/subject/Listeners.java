package dev.socketlab.subject;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sockets that listen in a network, and at which address a subject's own are reached. Read from
 * the kernel's table, because a connection would be counted.
 */
record Listeners(List<TcpSocket> sockets) {

  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress LOOPBACK_6 = InetAddress.ofLiteral("::1");

  static Listeners of(TcpSockets table) {
    return new Listeners(
        table.all().stream().filter(socket -> socket.state() == TcpSocket.State.LISTEN).toList());
  }

  /** Those that listen on a port; where several do, IPv4 comes first. */
  Listeners on(int port) {
    return new Listeners(
        sockets.stream()
            .filter(socket -> socket.local().getPort() == port)
            .sorted(Comparator.comparing(socket -> !isIpv4(socket)))
            .toList());
  }

  /**
   * Those that one of the processes holds. A process that may not be inspected, for instance of
   * another user, may hold any.
   */
  Listeners heldBy(List<ProcessHandle> processes) {
    if (sockets.isEmpty()) {
      return this;
    }
    List<Optional<ProcessSockets>> held =
        processes.stream().filter(ProcessHandle::isAlive).map(Listeners::socketsOf).toList();
    return new Listeners(
        sockets.stream()
            .filter(socket ->
                held.stream().anyMatch(of -> of.map(own -> own.holds(socket.inode())).orElse(true)))
            .toList());
  }

  private static Optional<ProcessSockets> socketsOf(ProcessHandle process) {
    try {
      return Optional.of(ProcessSockets.of(process.pid()));
    } catch (ProbeException _) {
      return process.isAlive()
          ? Optional.empty()
          : Optional.of(new ProcessSockets(process.pid(), Set.of()));
    }
  }

  /** The address at which one of these is reached from within its own network. */
  Optional<InetAddress> reachedHere() {
    return sockets.stream().map(Listeners::reachedHere).findFirst();
  }

  private static InetAddress reachedHere(TcpSocket socket) {
    InetAddress local = socket.local().getAddress();
    if (!local.isAnyLocalAddress()) {
      return local;
    }
    boolean v6Only =
        !isIpv4(socket)
            && socket.detail().v6Only().orElseGet(() -> isFreeOfIpv4(socket.local().getPort()));
    return v6Only ? LOOPBACK_6 : LOOPBACK;
  }

  /** Whether one of these is reached at an address of its network. */
  boolean areReachedAt(InetAddress address) {
    return sockets.stream()
        .map(socket -> socket.local().getAddress())
        .anyMatch(local -> local.isAnyLocalAddress() || local.equals(address));
  }

  /**
   * Whether a socket that listens on all addresses of IPv6 leaves those of IPv4 alone, where only
   * sock_diag could have told it: then they can be bound. A socket that is bound and does not
   * listen is in nobody's way, if both allow it to share the address, as servers do.
   */
  private static boolean isFreeOfIpv4(int port) {
    try (Socket probe = new Socket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean isIpv4(TcpSocket socket) {
    return socket.local().getAddress() instanceof Inet4Address;
  }

  /** For messages. */
  @Override
  public String toString() {
    return sockets.stream()
        .map(TcpSocket::local)
        .map(Listeners::text)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String text(InetSocketAddress local) {
    String address = local.getAddress().getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + local.getPort();
  }
}

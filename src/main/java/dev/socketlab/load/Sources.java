package dev.socketlab.load;

import dev.socketlab.internal.os.OperatingSystem;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where sessions come from. A client that ends first keeps its port in TIME_WAIT, on loopback for a
 * second before it may be used again. Once half of {@code ip_local_port_range} is kept, about
 * 14,000 ports, each connect has to search, which costs more than the session. On Linux all of
 * 127.0.0.0/8 is here, so the later sessions of a large load on a server there take turns in their
 * addresses. Not the first ones: a bind costs them about 10 µs, because Java cannot ask the kernel
 * to choose the port later (IP_BIND_ADDRESS_NO_PORT).
 */
final class Sources {
  /** How many sessions are left to the system, a safe part of what one address can take. */
  static final long FROM_ONE_ADDRESS = 10_000;

  private static final int ADDRESSES = 32;

  private static final InetSocketAddress[] LOOPBACK =
      IntStream.rangeClosed(1, ADDRESSES).mapToObj(Sources::at).toArray(InetSocketAddress[]::new);

  private static final boolean LINUX = OperatingSystem.isLinux();

  private Sources() {}

  /** Return what to bind a session to, or nothing to leave it to the system. */
  static Optional<InetSocketAddress> forSession(long number, InetSocketAddress server) {
    InetAddress address = server.getAddress();
    return number >= FROM_ONE_ADDRESS
            && LINUX
            && address instanceof Inet4Address
            && address.isLoopbackAddress()
        ? Optional.of(LOOPBACK[(int) (number % ADDRESSES)])
        : Optional.empty();
  }

  private static InetSocketAddress at(int last) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}

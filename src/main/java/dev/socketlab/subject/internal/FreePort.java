package dev.socketlab.subject.internal;

import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.probe.Sysctl;
import dev.socketlab.subject.SubjectException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Free TCP and UDP ports outside the ephemeral range. A port inside that range, however free it
 * looks, can be taken at any moment by a client's connection or held by its TIME_WAIT.
 *
 * {@snippet :
 * int port = FreePort.find();
 * Subject server = lab.java(Server.class, Integer.toString(port)).start();
 * }
 */
public final class FreePort {

  private static final int LOWEST = 10_240;
  private static final int HIGHEST = 65_535;
  private static final long EPHEMERAL_WHERE_UNKNOWN = 32_768;

  /** How many ports there usually are, and the golden section of them. */
  private static final int USUALLY = 22_528;

  private static final long APART = 13_923;

  private static final AtomicInteger NEXT = new AtomicInteger(start(ProcessHandle.current().pid()));

  private FreePort() {}

  /**
   * Where a process begins, so that two test runs do not race for one port: far from those that
   * were started right before and after it, as the forks of a build are.
   */
  static int start(long pid) {
    return (int) (pid * APART % USUALLY);
  }

  /**
   * Finds a port that is free for TCP and UDP on every address, in the network of the calling
   * thread.
   *
   * @return a port from 10240 on, outside the ephemeral range; within it where that leaves none
   * @throws SubjectException if every port tried is taken
   */
  public static int find() {
    List<Long> range =
        OperatingSystem.isLinux()
            ? Sysctl.numbers("net.ipv4.ip_local_port_range")
            : List.of(EPHEMERAL_WHERE_UNKNOWN, (long) HIGHEST);
    return find(Math.toIntExact(range.getFirst()), Math.toIntExact(range.getLast()));
  }

  /** Finds a port, given the first and the last ephemeral one. */
  public static int find(int first, int last) {
    return free(port -> port < first || port > last)
        .orElseGet(() ->
            free(port -> port >= first && port <= last)
                .orElseThrow(() ->
                    new SubjectException(
                        "no free port from " + LOWEST + " to " + HIGHEST + "; see ss -lntu")));
  }

  private static OptionalInt free(IntPredicate wanted) {
    int[] ports = IntStream.rangeClosed(LOWEST, HIGHEST).filter(wanted).toArray();
    for (int attempt = 0; attempt < ports.length; attempt++) {
      int port = ports[Math.floorMod(NEXT.getAndIncrement(), ports.length)];
      if (isFree(port)) {
        return OptionalInt.of(port);
      }
    }
    return OptionalInt.empty();
  }

  /** On all addresses: who listens on one of them is in the way of a server that wants all. */
  public static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(port);
    try (ServerSocket stream = new ServerSocket();
        DatagramChannel datagrams = DatagramChannel.open()) {
      stream.setReuseAddress(false);
      stream.bind(address);
      datagrams.bind(address);
      return true;
    } catch (IOException _) {
      return false; // taken
    }
  }
}

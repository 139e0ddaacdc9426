package dev.socketlab.place;

import dev.socketlab.probe.Sysctl;
import dev.socketlab.probe.TcpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free TCP and UDP ports below the ephemeral range. A port inside that range, however free it
 * looks, can be taken at any moment by a client's connection or held by its TIME_WAIT.
 *
 * <pre>{@code
 * int port = FreePort.find();
 * Subject server = lab.java(Server.class, Integer.toString(port)).start();
 * }</pre>
 */
public final class FreePort {

  private static final int LOWEST = 10_240;
  private static final int EPHEMERAL_WHERE_UNKNOWN = 32_768;

  /** Starts at a place of this process's own, so that two test runs do not race for one port. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() % 9_973));

  private FreePort() {}

  /**
   * Finds a port that is free for TCP and UDP, in the network of the calling thread.
   *
   * @return a port from 10240 to the start of the ephemeral range
   * @throws SubjectException if every port tried is taken
   */
  public static int find() {
    int span = ephemeralStart() - LOWEST;
    for (int attempt = 0; attempt < span; attempt++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), span);
      if (isFree(port)) {
        return port;
      }
    }
    throw new SubjectException(
        "no free port from " + LOWEST + " to " + (LOWEST + span - 1) + "; see ss -lntu");
  }

  /** Looks into the kernel's table where there is one, because a connection would be counted. */
  static boolean isListening(int port) {
    if (isLinux()) {
      return TcpSockets.readListeners().listenerOn(port).isPresent();
    }
    try (Socket probe = new Socket()) {
      probe.connect(new InetSocketAddress(Subject.loopback(), port), 100);
      return true;
    } catch (IOException _) {
      return false; // nobody listens yet
    }
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(Subject.loopback(), port);
    try (ServerSocket stream = new ServerSocket();
        DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET)) {
      stream.setReuseAddress(false);
      stream.bind(address);
      datagrams.bind(address);
      return true;
    } catch (IOException _) {
      return false; // taken
    }
  }

  private static int ephemeralStart() {
    return isLinux()
        ? Math.toIntExact(Sysctl.numbers("net.ipv4.ip_local_port_range").getFirst())
        : EPHEMERAL_WHERE_UNKNOWN;
  }

  private static boolean isLinux() {
    return Files.isDirectory(Path.of("/proc/self"));
  }
}

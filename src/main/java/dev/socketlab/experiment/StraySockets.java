package dev.socketlab.experiment;

import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.UdpSockets;
import dev.socketlab.subject.internal.EngineEndpoint;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds sockets that this JVM opened in the host's network while an experiment runs in a private
 * one: no counter of its network counts what they do.
 *
 * @param before the inodes of the sockets that the JVM held before
 */
record StraySockets(Set<Long> before) {

  /** Notes what is open now. */
  static StraySockets sinceNow() {
    return new StraySockets(own());
  }

  /** Throws where a socket that was opened since is in the network of the JVM's main thread. */
  void failIfAny() {
    Set<Long> fresh = new HashSet<>(own());
    fresh.removeAll(before);
    if (fresh.isEmpty()) {
      return;
    }
    NetworkView host = NetworkView.ofProcess(ProcessHandle.current().pid());
    Set<String> stray = new TreeSet<>();
    List<Integer> engines = engines(System.getenv());
    TcpSockets.read(host).all().stream()
        .filter(socket -> fresh.contains(socket.inode()))
        .filter(socket -> !engines.contains(socket.remote().getPort()))
        .forEach(socket -> stray.add("TCP " + text(socket.local(), socket.remote())));
    UdpSockets.read(host).all().stream()
        .filter(socket -> fresh.contains(socket.inode()))
        .forEach(socket -> stray.add("UDP " + text(socket.local(), socket.remote())));
    if (!stray.isEmpty()) {
      throw new IllegalStateException(
          "the experiment runs in a private network, but opened sockets in the host's, which nothing"
              + " counts: "
              + String.join(", ", stray)
              + "; a virtual thread, CompletableFuture.supplyAsync and a parallel stream run outside,"
              + " give them an executor of platform threads that is made in the trial");
    }
  }

  private static String text(InetSocketAddress local, InetSocketAddress remote) {
    return local + (remote.getPort() == 0 ? "" : " to " + remote);
  }

  private static Set<Long> own() {
    return ProcessSockets.of(ProcessHandle.current().pid()).inodes();
  }

  /** A container's engine may be asked over TCP, from anywhere. */
  private static List<Integer> engines(Map<String, String> environment) {
    return EngineEndpoint.candidates(environment, "").stream()
        .map(engine -> engine.uri().getPort())
        .filter(port -> port > 0)
        .toList();
  }
}

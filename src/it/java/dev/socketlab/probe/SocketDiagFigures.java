package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.Command;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the figures of docs/probes.md: {@code mvn verify -Dit.test=SocketDiagFigures}. Maven's
 * includes do not match it, so nothing else runs it.
 */
@Tag("isolation")
class SocketDiagFigures {

  private static final int CONNECTIONS = 5_000;
  private static final int RUNS = 11;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private @TempDir Path folder;

  @Test
  void tenThousandSockets() throws Exception {
    NetworkView files =
        new NetworkView(
            Files.createSymbolicLink(folder.resolve("net"), Path.of("/proc/thread-self/net")));
    List<Socket> sockets = new ArrayList<>();
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      network.call(() -> {
        try (ServerSocket listener = new ServerSocket(0, 50, LOOPBACK)) {
          for (int i = 0; i < CONNECTIONS; i++) {
            sockets.add(new Socket(LOOPBACK, listener.getLocalPort()));
            sockets.add(listener.accept());
          }
          InetSocketAddress local = (InetSocketAddress) sockets.getFirst().getLocalSocketAddress();
          InetSocketAddress remote =
              (InetSocketAddress) sockets.getFirst().getRemoteSocketAddress();
          ProcessSockets own = ProcessSockets.of(ProcessHandle.current().pid());
          say("TcpSockets.read()", () -> TcpSockets.read().all().size());
          say("TcpSockets.read().heldBy(own)", () -> TcpSockets.read().heldBy(own).size());
          say(
              "TcpSockets.readOnPort(server)",
              () -> TcpSockets.readOnPort(listener.getLocalPort()).all().size());
          say("TcpSockets.readListeners()", () -> TcpSockets.readListeners().all().size());
          say(
              "TcpSockets.readConnection(end)",
              () -> TcpSockets.readConnection(local, remote).stream().mapToInt(_ -> 1).sum());
          say("net/tcp and net/tcp6", () -> TcpSockets.read(files).all().size());
          say("ss -tanemiH", () -> lines("ss", "-tanemiHO"));
          say("ss -tanH", () -> lines("ss", "-tanH"));
          say("ProcessSockets.of(own)", () -> ProcessSockets.of(own.pid()).inodes().size());
          say("OpenDescriptor.of(own)", () -> OpenDescriptor.of(own.pid()).size());
          long inode = own.inodes().iterator().next();
          say(
              "SocketOptionValues.of(own)",
              () -> SocketOptionValues.of(own.pid(), inode).values().size());
        }
        return true;
      });
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static int lines(String... command) {
    Command.Outcome outcome = Command.of(command).run();
    assertThat(outcome).isInstanceOf(Command.Ended.class);
    return (int) ((Command.Ended) outcome).output().lines().count();
  }

  private static void say(String what, Callable<Integer> look) throws Exception {
    List<Long> micros = new ArrayList<>();
    int rows = 0;
    for (int run = 0; run < RUNS; run++) {
      long start = System.nanoTime();
      rows = look.call();
      micros.add((System.nanoTime() - start) / 1_000);
    }
    assertThat(rows).isPositive();
    micros.sort(null);
    System.out.printf(
        Locale.ROOT,
        "%-32s %6d rows, ms: median %.1f, least %.1f, most %.1f of %d%n",
        what,
        rows,
        micros.get(RUNS / 2) / 1_000.0,
        micros.getFirst() / 1_000.0,
        micros.getLast() / 1_000.0,
        RUNS);
  }
}

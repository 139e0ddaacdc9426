package dev.socketlab.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.Command;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the figures of docs/benchmarks.md: {@code mvn verify -Dit.test=SocketDiagFigures}. Maven's
 * includes do not match it, so nothing else runs it. It needs strace and the right to trace this
 * JVM.
 */
@Tag("isolation")
class SocketDiagFigures {

  private static final int CONNECTIONS = 5_000;
  private static final int RUNS = 11;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final Pattern TOTAL = Pattern.compile("(\\d+)(?: +\\d+)? +total");

  private @TempDir Path folder;

  /** Holds both ends of each connection. */
  static final class Holder {
    private Holder() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      List<Socket> sockets = new ArrayList<>();
      try (ServerSocket listener = new ServerSocket(0, 50, LOOPBACK)) {
        for (int i = 0; i < CONNECTIONS; i++) {
          sockets.add(new Socket(LOOPBACK, listener.getLocalPort()));
          sockets.add(listener.accept());
        }
        System.out.println("holds " + sockets.size() + " on " + listener.getLocalPort());
        while (System.in.read() >= 0) {
          // waits to be ended
        }
      }
    }
  }

  @Test
  void tenThousandSockets() throws Exception {
    NetworkView files =
        new NetworkView(
            Files.createSymbolicLink(folder.resolve("net"), Path.of("/proc/thread-self/net")));
    List<Subject> subjects = new ArrayList<>();
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      network.call(() -> {
        Subject holder =
            SubjectBuilder.java(folder, subjects::add, Holder.class, List.of())
                .readyWhen("holds \\d+ on (\\d+)")
                .readyWithin(Duration.ofMinutes(1))
                .start();
        long pid = holder.pid();
        List<TcpSocket> ends =
            TcpSockets.read().heldBy(ProcessSockets.of(pid)).stream()
                .filter(socket -> socket.state() == TcpSocket.State.ESTABLISHED)
                .toList();
        assertThat(ends).hasSize(2 * CONNECTIONS);
        TcpSocket end = ends.stream().max(Comparator.comparingLong(TcpSocket::inode)).orElseThrow();
        InetSocketAddress local = end.local();
        InetSocketAddress remote = end.remote();
        say("TcpSockets.read()", () -> TcpSockets.read().all().size());
        say(
            "TcpSockets.read().heldBy(process)",
            () -> TcpSockets.read().heldBy(ProcessSockets.of(pid)).size());
        say(
            "TcpSockets.readOnPort(server)",
            () -> TcpSockets.readOnPort(holder.port()).all().size());
        say("TcpSockets.readListeners()", () -> TcpSockets.readListeners().all().size());
        say(
            "TcpSockets.readConnection(end)",
            () -> TcpSockets.readConnection(local, remote).stream().mapToInt(_ -> 1).sum());
        say("net/tcp and net/tcp6", () -> TcpSockets.read(files).all().size());
        say("ProcessSockets.of(process)", () -> ProcessSockets.of(pid).inodes().size());
        say("OpenDescriptor.of(process)", () -> OpenDescriptor.of(pid).size());
        say(
            "SocketOptionValues.of(process)",
            () -> SocketOptionValues.of(pid, end.inode()).values().size());
        sayOfTool("ss", "-tanemiHO");
        sayOfTool("ss", "-tanemiHO", "sport = :" + holder.port());
        sayOfTool("ss", "-tanpH");
        sayOfTool("ss", "-tanH");
        return true;
      });
    } finally {
      subjects.forEach(Subject::close);
    }
  }

  /** A tool's own start is part of its time and of its calls. */
  private void sayOfTool(String... command) throws Exception {
    List<String> counted =
        new ArrayList<>(List.of("strace", "-f", "-c", "-o", folder.resolve("tool") + ""));
    counted.addAll(List.of(command));
    say(
        String.join(" ", command),
        () -> lines(command),
        () -> {
          lines(counted.toArray(String[]::new));
          return total(folder.resolve("tool"));
        });
  }

  private static int lines(String... command) {
    Command.Outcome outcome = Command.of(command).run();
    assertThat(outcome).isInstanceOf(Command.Ended.class);
    return (int) ((Command.Ended) outcome).output().lines().count();
  }

  private void say(String what, Callable<Integer> look) throws Exception {
    say(what, look, () -> calls(look));
  }

  private static void say(String what, Callable<Integer> look, Callable<Long> calls)
      throws Exception {
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
        "%-36s %6d rows, ms: median %.1f, least %.1f, most %.1f of %d; %d system calls%n",
        what,
        rows,
        micros.get(RUNS / 2) / 1_000.0,
        micros.getFirst() / 1_000.0,
        micros.getLast() / 1_000.0,
        RUNS,
        calls.call());
  }

  /** Of the whole JVM: a probe may read on several threads. */
  private long calls(Callable<Integer> look) throws Exception {
    Path summary = folder.resolve("calls");
    String own = Long.toString(ProcessHandle.current().pid());
    Process strace =
        new ProcessBuilder("strace", "-f", "-c", "-o", summary.toString(), "-p", own)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader says = strace.inputReader(UTF_8)) {
      assertThat(says.readLine()).contains(" attached");
      look.call();
      new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
      strace.waitFor();
    } finally {
      strace.destroyForcibly();
    }
    return total(summary);
  }

  private static long total(Path summary) throws IOException {
    String text = Files.readString(summary);
    Matcher total = TOTAL.matcher(text);
    assertThat(total.find()).as(text).isTrue();
    return Long.parseLong(total.group(1));
  }
}

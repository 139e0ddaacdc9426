package dev.socketlab.subject;

import dev.socketlab.probe.NetworkView;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.probe.UdpSocket;
import dev.socketlab.probe.UdpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a process does at a moment, for a person who wonders why it does not go on. */
final class SubjectState {

  private static final int MOST_SOCKETS = 20;
  private static final int MOST_GROUPS = 20;

  private SubjectState() {}

  static List<String> of(long pid) {
    List<String> lines = new ArrayList<>();
    try {
      lines.addAll(sockets(pid));
    } catch (ProbeException failure) {
      lines.add("sockets unknown: " + failure.getMessage());
    }
    try {
      lines.addAll(threads(pid));
    } catch (IOException failure) {
      lines.add("threads unknown: " + failure.getMessage());
    }
    return lines;
  }

  private static List<String> sockets(long pid) {
    ProcessSockets own = ProcessSockets.of(pid);
    NetworkView network = NetworkView.ofProcess(pid);
    List<String> lines = new ArrayList<>();
    for (TcpSocket socket : TcpSockets.read(network).all()) {
      if (own.holds(socket.inode())) {
        lines.add(
            socket.state() == TcpSocket.State.LISTEN
                ? "TCP LISTEN %s, %d to accept"
                    .formatted(text(socket.local()), socket.acceptQueueLength())
                : "TCP %s %s → %s, %d bytes to read, %d unacknowledged"
                    .formatted(
                        socket.state(),
                        text(socket.local()),
                        text(socket.remote()),
                        socket.rxQueue(),
                        socket.txQueue()));
      }
    }
    for (UdpSocket socket : UdpSockets.read(network).all()) {
      if (own.holds(socket.inode())) {
        lines.add(
            "UDP %s, %d bytes to read".formatted(text(socket.local()), socket.rxQueueBytes()));
      }
    }
    return atMost(MOST_SOCKETS, lines, "sockets");
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** Threads that are called alike and wait alike are one line: a pool has dozens. */
  private static List<String> threads(long pid) throws IOException {
    Map<String, Integer> groups = new LinkedHashMap<>();
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path task : tasks) {
        groups.merge(thread(task), 1, Integer::sum);
      }
    }
    List<String> lines =
        groups.entrySet().stream()
            .map(group ->
                group.getValue() == 1
                    ? "thread " + group.getKey()
                    : group.getValue() + " threads " + group.getKey())
            .collect(Collectors.toList());
    return atMost(MOST_GROUPS, lines, "kinds of threads");
  }

  private static String thread(Path task) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      int end = stat.lastIndexOf(')');
      String name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[0-9]+$", "N");
      return "%s: state %s, in %s"
          .formatted(name, stat.charAt(end + 2), read(task.resolve("wchan")));
    } catch (IOException _) {
      return "that has ended";
    }
  }

  /** Where in the kernel it waits; 0 where it runs, or where that is not for everybody. */
  private static String read(Path wchan) {
    try {
      return Files.readString(wchan).strip();
    } catch (IOException _) {
      return "?";
    }
  }

  private static List<String> atMost(int most, List<String> lines, String what) {
    if (lines.size() <= most) {
      return lines;
    }
    List<String> shown = new ArrayList<>(lines.subList(0, most));
    shown.add("and " + (lines.size() - most) + " more " + what);
    return shown;
  }
}

package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.SyscallCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a server listens. */
public final class ListenLaws {
  /** More than one process may wish to hold. */
  private static final int MOST_CLIENTS = 256;

  private static final int QUEUED = 10;
  private static final List<String> ACCEPTS = List.of("accept", "accept4");

  private static final Pattern LISTEN = Pattern.compile("listen\\((\\d+)[^,]*, (-?\\d+)\\) += 0");

  private ListenLaws() {}

  /** SL-LISTEN-01. */
  public static Judgement ports(Examination exam) {
    Subject server = exam.start();
    List<TcpSocket> listeners = exam.listeners(server);
    List<TcpSocket> others =
        listeners.stream()
            .filter(listener -> !server.ports().contains(listener.local().getPort()))
            .toList();
    return Judgement.of(
            others.isEmpty() && !listeners.isEmpty(),
            "it listens on %s, and was told to on port%s %s",
            addresses(listeners),
            server.ports().size() == 1 ? "" : "s",
            server.ports().stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")))
        .exact("listeners", listeners.size())
        .exact("listeners nobody asked for", others.size());
  }

  private static String addresses(List<TcpSocket> listeners) {
    return listeners.stream()
        .map(listener ->
            listener.local().getAddress().getHostAddress() + " port " + listener.local().getPort())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** SL-LISTEN-02. */
  public static Judgement families(Examination exam) {
    Subject server = exam.start();
    boolean four = isServed(exam, server, "127.0.0.1");
    boolean six = isServed(exam, server, "::1");
    return Judgement.note(
            "a client of IPv4 is %s, one of IPv6 is %s; its sockets: %s",
            four ? "served" : "refused",
            six ? "served" : "refused",
            exam.listeners(server).stream()
                .filter(listener -> listener.local().getPort() == server.port())
                .map(ListenLaws::family)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", ")))
        .exact("served by IPv4", four ? 1 : 0)
        .exact("served by IPv6", six ? 1 : 0);
  }

  private static boolean isServed(Examination exam, Subject server, String address) {
    ScriptedConnection client =
        exam.script()
            .attempt(new InetSocketAddress(InetAddress.ofLiteral(address), server.port()), 1)
            .getFirst();
    if (client.outcome() != Outcome.OPEN) {
      return false;
    }
    boolean served = exam.isServed(client);
    client.close();
    return served;
  }

  private static String family(TcpSocket listener) {
    return listener
        .detail()
        .v6Only()
        .map(only -> only ? "IPv6 alone" : "IPv6 that takes IPv4, too")
        .orElse(listener.local().getAddress() instanceof Inet4Address ? "IPv4" : "IPv6");
  }

  /** SL-LISTEN-03. */
  public static Judgement backlog(Examination exam) {
    Subject server = exam.start();
    long granted = granted(exam, server);
    Examination.end(server);
    long asked = asked(exam);
    return Judgement.of(
            granted >= asked,
            "listen(2) asks for a queue of %,d, and the kernel grants %,d (net.core.somaxconn)",
            asked,
            granted)
        .exact("backlog asked for", asked)
        .exact("backlog granted", granted);
  }

  private static long granted(Examination exam, Subject server) {
    return exam.listener(server)
        .detail()
        .backlog()
        .orElseThrow(() -> new Inconclusive("needs sock_diag, which tells a listener's backlog"));
  }

  /** Of the call as strace shows it: the last one of the process, which may listen again. */
  private static long asked(Examination exam) {
    exam.requireStrace();
    Path file = exam.lab().outputFolder().resolve("listen.txt");
    try {
      Files.deleteIfExists(file);
      Files.createFile(file);
      Subject traced =
          exam.adopt(
              exam.plan()
                  .childOf("strace", "-f", "-e", "trace=listen", "-o", file.toString())
                  .writes(file)
                  .launch());
      traced.awaitReady();
      Examination.end(traced);
      List<Long> backlogs = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        Matcher call = LISTEN.matcher(line);
        if (call.find()) {
          backlogs.add(Long.parseLong(call.group(2)));
        }
      }
      return backlogs.stream()
          .reduce((_, last) -> last)
          .orElseThrow(() -> new Inconclusive("strace saw no listen(2)"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** SL-LISTEN-05: what is done with one connection is the same with each. */
  public static Judgement accepts(Examination exam) {
    exam.requireStrace();
    Subject server = exam.startToLookAt();
    int clients = (int) Math.min(QUEUED, granted(exam, server) + 1);
    List<String> _ = exam.script().look(server).awaitRest();
    SyscallCounts counts =
        exam.lab()
            .syscallsOf(
                server,
                () -> {
                  server.pause();
                  List<ScriptedConnection> _ = exam.connect(server, clients);
                  server.resume();
                  List<String> _ = exam.script().look(server).awaitRest();
                });
    long accepts = ACCEPTS.stream().mapToLong(counts::calls).sum();
    long failed = failedAccepts(counts);
    if (accepts - failed != clients) {
      throw new Inconclusive(
          "strace counted %d accepts of %d connections".formatted(accepts - failed, clients));
    }
    return Judgement.note(
        "%d clients are in its queue when it goes on: it calls accept %d times, of which %d find the"
            + " queue empty, and waits for events %d times",
        clients, accepts, failed, CallLaws.WAITS.stream().mapToLong(counts::calls).sum());
  }

  /** How many accepts there were that failed. */
  static long failedAccepts(SyscallCounts counts) {
    return ACCEPTS.stream()
        .map(counts.counts()::get)
        .filter(Objects::nonNull)
        .mapToLong(count ->
            count.errors().orElseThrow(() -> new Inconclusive("strace did not count failures")))
        .sum();
  }

  /** SL-LISTEN-04. */
  public static Judgement burst(Examination exam) {
    Subject server = exam.start();
    int clients = (int) Math.min(MOST_CLIENTS, granted(exam, server) + 1);
    ProtocolCounters before = exam.counters();
    server.pause();
    List<ScriptedConnection> waiting = exam.connect(server, clients);
    long queued = exam.listener(server).acceptQueueLength();
    waiting.forEach(exam::ask);
    server.resume();
    long answered =
        exam.count(
            waiting,
            client -> {
              boolean whole = exam.isAnswered(client);
              client.close(); // before the next is read: a server may serve one after the other
              return whole;
            });
    ProtocolCounters.Deltas counted = ProtocolCounters.read().since(before);
    long overflows = counted.value("TcpExt", "ListenOverflows");
    return Judgement.of(
            answered == clients && overflows == 0,
            "%d clients come while it is stopped, %d wait in the queue; it answers %d of them;"
                + " ListenOverflows %d, ListenDrops %d",
            clients,
            queued,
            answered,
            overflows,
            counted.value("TcpExt", "ListenDrops"))
        .exact("clients", clients)
        .exact("answered", answered)
        .exact("ListenOverflows", overflows);
  }
}

package com.example.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresSocketOptions;
import dev.socketlab.probe.ProcessSockets;
import dev.socketlab.probe.SocketOptionValues;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.probe.TcpSockets;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.ScriptedListener;
import dev.socketlab.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** Two client libraries under observation, with a server that the test plays. */
@Tag("client-libraries")
@Experiment(
    title = "What client libraries do with their connections",
    shows =
        "options, segments for each request, and what happens when the server ends or is silent",
    doesNotShow = "how fast they are")
@RequiresLinux
@RequiresSocketOptions
@PrivateNetwork(required = true)
class ClientLibrariesExperiment {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int REQUESTS = 10;

  enum Library {
    JEDIS("k\r\n", "$2\r\nhi\r\n"),
    JDK_HTTP("\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");

    private final String endOfRequest;
    private final String reply;

    Library(String endOfRequest, String reply) {
      this.endOfRequest = endOfRequest;
      this.reply = reply;
    }
  }

  /** What the server does when the library is idle again. */
  enum Moment {
    SERVES_ON,
    ENDS_WHILE_IDLE,
    SAYS_NOTHING
  }

  private record Seen(
      Library library,
      Moment moment,
      long noDelay,
      long keepAlive,
      long segments,
      String oneMore,
      int sockets,
      int socketsOnceClosed) {}

  private final List<Seen> seen = new ArrayList<>();

  @Trials
  void observe(@Factor Library library, @Factor Moment moment, Lab lab) {
    ScriptedListener listener = lab.script().within(SOON).listen();
    Subject client =
        lab.java(LibraryClient.class, library.name(), Integer.toString(listener.port()))
            .readyWhen("ready")
            .start();
    client.send("request 1");
    ScriptedConnection connection = listener.accept();
    for (int i = 1; i <= requests(); i++) {
      serve(connection, library);
      client.awaitOutput(Pattern.compile("^request " + i + " answered hi"), SOON);
      client.send(i < requests() ? "request " + (i + 1) : "");
    }
    TcpSocket socket = sockets(client).getFirst();
    long segments =
        socket.detail().tcpInfo("data_segs_out").orElseThrow()
            - socket.detail().tcpInfo("total_retrans").orElseThrow();
    SocketOptionValues options = SocketOptionValues.of(client.pid(), socket.inode());
    String oneMore = oneMore(client, listener, connection, library, reallyDoes(moment));
    int open = sockets(client).size();
    client.send(end());
    client.awaitOutput(Pattern.compile("^closed"), SOON);
    seen.add(
        new Seen(
            library,
            moment,
            options.value("TCP_NODELAY").orElseThrow(),
            options.value("SO_KEEPALIVE").orElseThrow(),
            segments,
            oneMore,
            open,
            sockets(client).size()));
  }

  private static void serve(ScriptedConnection connection, Library library) {
    connection.readUntil(library.endOfRequest);
    connection.send(library.reply);
  }

  /** One more request; a library may connect again for it. */
  private static String oneMore(
      Subject client,
      ScriptedListener listener,
      ScriptedConnection connection,
      Library library,
      Moment moment) {
    if (moment == Moment.ENDS_WHILE_IDLE) {
      connection.halfClose();
    }
    client.send("one more");
    if (moment == Moment.SERVES_ON) {
      serve(connection, library);
    }
    await()
        .pollInSameThread()
        .atMost(SOON)
        .until(() ->
            isDone(client)
                || TcpSockets.readListeners()
                        .listenerOn(listener.port())
                        .orElseThrow()
                        .acceptQueueLength()
                    > 0);
    if (!isDone(client)) {
      serve(listener.accept(), library);
    }
    return client.awaitOutput(Pattern.compile("^one more (answered|failed)"), SOON).group(1);
  }

  private static boolean isDone(Subject client) {
    return client.outputLines().stream().anyMatch(line -> line.startsWith("one more"));
  }

  private static List<TcpSocket> sockets(Subject client) {
    return TcpSockets.read().heldBy(ProcessSockets.of(client.pid()));
  }

  @AfterAll
  void report(Lab lab) {
    lab.report().table(Table.of("What each library does", seen));
  }

  @Mechanism("TCP_NODELAY is set, and each request is one segment")
  void oneSegment() {
    assertThat(seen).allMatch(one -> one.noDelay() == 1 && one.segments() == REQUESTS);
  }

  @Mechanism("after the server's end, the JDK's client asks on a new connection, and Jedis says so")
  void afterTheEnd() {
    assertThat(oneMore(Library.JEDIS, Moment.ENDS_WHILE_IDLE)).isEqualTo("failed");
    assertThat(oneMore(Library.JDK_HTTP, Moment.ENDS_WHILE_IDLE)).isEqualTo("answered");
  }

  @Mechanism("a server that says nothing is given up")
  void silence() {
    assertThat(oneMore(Library.JEDIS, Moment.SAYS_NOTHING)).isEqualTo("failed");
    assertThat(oneMore(Library.JDK_HTTP, Moment.SAYS_NOTHING)).isEqualTo("failed");
  }

  @Mechanism("a client that is closed gives all its sockets back")
  void socketsAreBack() {
    assertThat(seen).allMatch(one -> one.socketsOnceClosed() == 0);
  }

  private String oneMore(Library library, Moment moment) {
    return seen.stream()
        .filter(one -> one.library() == library && one.moment() == moment)
        .findAny()
        .orElseThrow()
        .oneMore();
  }

  @Control(
      value = "the server always serves on",
      fails = {"afterTheEnd", "silence"})
  static class ServesOn extends ClientLibrariesExperiment {
    @Override
    Moment reallyDoes(Moment moment) {
      return Moment.SERVES_ON;
    }
  }

  @Control(value = "the client is left open", fails = "socketsAreBack")
  static class LeftOpen extends ClientLibrariesExperiment {
    @Override
    String end() {
      return "leave";
    }
  }

  @Control(value = "each request is made twice", fails = "oneSegment")
  static class AsksTwice extends ClientLibrariesExperiment {
    @Override
    int requests() {
      return 2 * REQUESTS;
    }
  }

  Moment reallyDoes(Moment moment) {
    return moment;
  }

  String end() {
    return "close";
  }

  int requests() {
    return REQUESTS;
  }
}

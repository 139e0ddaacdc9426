package dev.socketlab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

@Tag("web-connections")
@Experiment(
    title = "The JDK's web server: connections that the kernel counts",
    shows = "each HTTP/1.0 request costs the server one connection, and no segment is lost",
    doesNotShow = "how long a request takes, or what keep-alive would save")
@RequiresLinux
@PrivateNetwork(required = true)
class WebConnectionsExperiment {

  private static final String SERVER =
      Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();

  private record Observation(int requests, int trial, long accepted, long lost) {}

  private final List<Observation> observations = new ArrayList<>();

  List<Integer> requests() {
    return List.of(1, 10, 100);
  }

  @Trials(2)
  void get(@Factor("requests") int requests, Trial trial, Lab lab) throws IOException {
    Subject server = lab.command(SERVER, "-b", "127.0.0.1", "-p", "{port}").start();
    ProtocolCounters before = ProtocolCounters.read();
    for (int i = 0; i < requests; i++) {
      request(server);
    }
    ProtocolCounters.Deltas counted = ProtocolCounters.settledSince(before);
    long accepted = counted.value("Tcp", "PassiveOpens");
    long sent = counted.value("Tcp", "OutSegs") + counted.value("Tcp", "RetransSegs");
    long lost = sent - counted.value("Tcp", "InSegs");
    observations.add(new Observation(requests, trial.number(), accepted, lost));
    trial.result("accepted " + accepted);
  }

  @Mechanism("one connection accepted for each request")
  void oneConnectionForEachRequest() {
    assertThat(observations).allSatisfy(o -> assertThat(o.accepted()).isEqualTo(o.requests()));
  }

  @Mechanism("no segment is lost")
  void noSegmentIsLost() {
    assertThat(observations).allSatisfy(o -> assertThat(o.lost()).isZero());
  }

  @AfterAll
  void report(Lab lab) {
    Table.Builder table =
        Table.named(
            "Connections", Column.key("requests"), Column.key("trial"), Column.exact("accepted"));
    for (Observation o : observations) {
      table.row(o.requests(), o.trial(), o.accepted());
    }
    lab.report().table(table).howToRead("accepted is PassiveOpens of /proc/net/snmp.");
  }

  @Control(value = "connects twice for each request", fails = "oneConnectionForEachRequest")
  static class ConnectsTwice extends WebConnectionsExperiment {
    @Override
    void request(Subject server) throws IOException {
      super.request(server);
      super.request(server);
    }
  }

  void request(Subject server) throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
      socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readAllBytes()).startsWith('H', 'T', 'T', 'P');
    }
  }
}

package dev.socketlab.examples;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.socketlab.place.Subject;
import dev.socketlab.probe.ProtocolCounterDeltas;
import dev.socketlab.probe.ProtocolCounters;
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
    shows = "each HTTP/1.0 request costs the server one connection, and none is retransmitted",
    doesNotShow = "how long a request takes, or what keep-alive would save")
@RequiresLinux
@PrivateNetwork(required = true)
class WebConnectionsExperiment {

  private static final String SERVER =
      Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();

  private record Observation(int requests, long accepted, long retransmitted) {}

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
    ProtocolCounterDeltas counted = ProtocolCounters.read().since(before);
    long accepted = counted.value("Tcp", "PassiveOpens");
    observations.add(new Observation(requests, accepted, counted.value("Tcp", "RetransSegs")));
    trial.result("accepted " + accepted);
  }

  @Mechanism("one connection accepted for each request")
  void oneConnectionForEachRequest() {
    assertThat(observations).allSatisfy(o -> assertThat(o.accepted()).isEqualTo(o.requests()));
  }

  @Mechanism("nothing is retransmitted")
  void nothingIsRetransmitted() {
    assertThat(observations).allSatisfy(o -> assertThat(o.retransmitted()).isZero());
  }

  @AfterAll
  void report(Lab lab) {
    Table table = Table.named("Connections").column("requests").column("accepted");
    for (Observation o : observations) {
      table = table.row(o.requests(), o.accepted());
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

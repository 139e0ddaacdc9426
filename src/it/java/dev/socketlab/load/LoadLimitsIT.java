package dev.socketlab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a load runs into at the client's own limits, and whose network it loads. */
@Tag("isolation")
@RequiresLinux
@Timeout(60)
class LoadLimitsIT {
  private static final int PORTS = 10;
  private static final int CONNECTIONS = 200;
  private static final int DESCRIPTORS = 128;

  private static PrivateNetworkThread network() {
    try {
      return PrivateNetworkThread.open();
    } catch (NetworkRefusedException refusal) {
      return abort(String.valueOf(refusal.getMessage()));
    }
  }

  @Test
  void eachConnectionWithoutAPortLeftIsAFailureOfItsKind() throws Throwable {
    try (PrivateNetworkThread network = network()) {
      LoadResult result = network.call(LoadLimitsIT::loadWithFewPorts);

      assertThat(result.failures().summary()).isEqualTo("no_local_port=" + (25 - PORTS));
      assertThat(result.completed()).isEqualTo(PORTS);
    }
  }

  private static LoadResult loadWithFewPorts() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      Files.writeString(
          Path.of("/proc/sys/net/ipv4/ip_local_port_range"), "20000 " + (20_000 + PORTS - 1));
      return LoadDriver.run(LoadPlan.persistent(server.address(), 25, 1), EchoConversation::new);
    }
  }

  @Test
  void allDriverThreadsLoadTheNetworkOfTheCaller() throws Throwable {
    try (PrivateNetworkThread network = network()) {
      LoadResult result = network.call(LoadLimitsIT::loadOnTwoThreads);

      assertThat(result.isComplete()).as("%s", result).isTrue();
      assertThat(result.threads()).isEqualTo(2);
      assertThat(network.call(() -> ProtocolCounters.read().value("Tcp", "ActiveOpens")))
          .isEqualTo(300);
    }
  }

  private static LoadResult loadOnTwoThreads() throws IOException {
    try (SmallServer server = SmallServer.start(SmallServer::echo)) {
      return LoadDriver.run(
          LoadPlan.closedLoop(server.address(), 8, 300).threads(2), EchoConversation::new);
    }
  }

  /** A load from a JVM of its own. */
  static final class Client {
    private Client() {}

    /** Called by the JVM: the server's port, and one where nobody listens. */
    public static void main(String[] ports) throws IOException {
      // These load all classes: later, there is no descriptor left to read them with.
      load(LoadPlan.sequential(address(ports[1]), 1));
      load(LoadPlan.persistent(address(ports[0]), 1, 1));
      load(LoadPlan.persistent(address(ports[0]), CONNECTIONS, 1));
    }

    private static InetSocketAddress address(String port) {
      return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(port));
    }

    private static void load(LoadPlan plan) throws IOException {
      LoadResult result = LoadDriver.run(plan, EchoConversation::new);
      System.out.println(
          "completed=" + result.completed() + " " + result.failures().summary() + " end");
    }
  }

  @Test
  @RequiresTool("prlimit")
  void eachConnectionWithoutADescriptorLeftIsAFailureOfItsKind(@TempDir Path folder)
      throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    try (SmallServer server = SmallServer.start(SmallServer::echo);
        Subject client =
            SubjectBuilder.java(
                    folder,
                    _ -> {},
                    Client.class,
                    List.of(String.valueOf(server.address().getPort()), String.valueOf(nobody)))
                .under("prlimit", "--nofile=" + DESCRIPTORS)
                .launch()) {
      client.awaitSuccess(Duration.ofSeconds(30));
      List<String> lines = client.outputLines();

      assertThat(lines).contains("completed=0 connect_refused=1 end");
      var counts =
          client.awaitOutput(
              Pattern.compile("completed=(\\d+) no_descriptor=(\\d+) end"), Duration.ofSeconds(1));
      int completed = Integer.parseInt(counts.group(1));
      assertThat(completed).isBetween(1, DESCRIPTORS - 1);
      assertThat(counts.group(2)).isEqualTo(String.valueOf(CONNECTIONS - completed));
    }
  }
}

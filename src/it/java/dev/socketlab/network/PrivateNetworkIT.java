package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.internal.os.HostThread;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.NetDevices;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.subject.internal.ProcessGuard;
import dev.socketlab.testkit.PrivateNetworks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A private network inside the test's JVM: alone, counted alone, and gone afterwards. */
@Tag("isolation")
class PrivateNetworkIT {

  @BeforeEach
  void isAllowed() {
    PrivateNetworks.openOrSkip().close();
  }

  @Test
  void itHasALoopbackOfItsOwnAndCountsItAlone() throws Throwable {
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      assertThat(network.call(() -> NetDevices.read().all().keySet())).containsExactly("lo");
      assertThat(network.call(() -> ProtocolCounters.read().value("Udp", "InDatagrams"))).isZero();
      network.call(PrivateNetworkIT::overflowASmallBuffer);
      ProtocolCounters after = network.call(ProtocolCounters::read);
      assertThat(after.value("Udp", "OutDatagrams")).isEqualTo(100);
      assertThat(after.value("Udp", "RcvbufErrors")).isEqualTo(96);
    }
  }

  @Test
  void processesAndThreadsStartedInItAreInIt() throws Throwable {
    String host = network(Path.of("/proc/thread-self/ns/net"));
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      String here = network.call(() -> network(Path.of("/proc/thread-self/ns/net")));
      assertThat(here).isNotEqualTo(host);
      assertThat(network.call(PrivateNetworkIT::networkOfAChildProcess)).isEqualTo(here);
      assertThat(network.call(PrivateNetworkIT::networkOfANewThread)).isEqualTo(here);
    }
    assertThat(network(Path.of("/proc/thread-self/ns/net"))).isEqualTo(host);
  }

  /** So that a guard that is forked late does not keep a private network alive. */
  @Test
  void theThreadOfTheHostStaysThere() throws Throwable {
    ProcessGuard.start();
    String host = network(Path.of("/proc/thread-self/ns/net"));
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      assertThat(network.call(() -> HostThread.call(PrivateNetworkIT::networkOfAChildProcess)))
          .isEqualTo(host);
    }
  }

  @Test
  void aPoolThatIsMadeInItIsInIt() throws Throwable {
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      String here = network.call(() -> network(Path.of("/proc/thread-self/ns/net")));
      String ofThePool =
          network.call(() -> {
            try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
              return pool.submit(() -> network(Path.of("/proc/thread-self/ns/net"))).get();
            }
          });
      assertThat(ofThePool).isEqualTo(here);
    }
  }

  @Test
  void nothingOfItSurvivesItsThread() throws Throwable {
    PrivateNetworkThread network = PrivateNetworkThread.open();
    String here = network.call(() -> network(Path.of("/proc/thread-self/ns/net")));
    assertThat(networksOfThisProcess()).contains(here);
    network.close();
    Awaitility.await()
        .atMost(TimeOut.scaled(Duration.ofSeconds(10)))
        .untilAsserted(() -> assertThat(networksOfThisProcess()).doesNotContain(here));
  }

  @Test
  void whatItThrowsComesOut() {
    try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
      assertThatThrownBy(() ->
              network.call(() -> {
                throw new IOException("from inside");
              }))
          .isInstanceOf(IOException.class)
          .hasMessage("from inside");
    }
  }

  private static boolean overflowASmallBuffer() throws IOException {
    try (DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET);
        DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
      receiver.setOption(StandardSocketOptions.SO_RCVBUF, 2_048);
      receiver.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      sender.connect(receiver.getLocalAddress());
      for (int i = 0; i < 100; i++) {
        sender.write(ByteBuffer.allocate(38));
      }
      return true;
    }
  }

  private static String networkOfAChildProcess() throws IOException {
    Process child = new ProcessBuilder(List.of("readlink", "/proc/self/ns/net")).start();
    return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static String networkOfANewThread() throws Exception {
    String[] found = new String[1];
    Thread thread =
        Thread.ofPlatform().start(() -> found[0] = network(Path.of("/proc/thread-self/ns/net")));
    thread.join();
    return found[0];
  }

  private static Set<String> networksOfThisProcess() {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      Set<String> networks = new TreeSet<>();
      threads.map(thread -> network(thread.resolve("ns/net"))).forEach(networks::add);
      return networks;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The identity of a network; of a thread that has just ended, nothing. */
  private static String network(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }
}

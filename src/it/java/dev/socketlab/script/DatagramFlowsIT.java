package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.IpVersion;
import dev.socketlab.probe.NetDevices;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.UdpSocket;
import dev.socketlab.probe.UdpSockets;
import dev.socketlab.probe.UdpTruesize;
import dev.socketlab.testkit.PrivateNetworks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each numbered datagram went, against what the kernel counted. */
@Tag("isolation")
class DatagramFlowsIT {

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Script script = Script.of(true, () -> "");
  private PrivateNetworkThread network;

  @BeforeEach
  void openNetwork() {
    network = PrivateNetworks.openOrSkip();
  }

  @AfterEach
  void closeAll() {
    script.close();
    if (network != null) {
      network.close();
    }
  }

  private static UdpSocket socket(ScriptedDatagrams receiver) {
    return UdpSockets.read().onlyOnPort(receiver.address().getPort());
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().pollInSameThread().atMost(TimeOut.scaled(SOON)).until(condition);
  }

  /** A third of the metrics is missing, and nobody knows which: Vector 5017. */
  @ParameterizedTest
  @CsvSource({"2048, true", "1000000, false"})
  void aThousandDatagramsOfEightFlowsAreAccountedFor(int buffer, boolean loses) throws Throwable {
    network.call(() -> {
      ProtocolCounters before = ProtocolCounters.read();
      NetDevices.Device device = NetDevices.read().device("lo");
      ScriptedDatagrams receiver = script.datagramsOn(ANY).receiveBuffer(buffer);
      DatagramFlows flows = script.flowsTo(receiver.address(), 8).sizes(200).bursts(50);
      for (int i = 0; i < 20; i++) {
        flows.send(50);
        if (!loses) {
          receiver.readQueued().forEach(flows::arrived);
        }
      }
      await(() -> {
        receiver.readQueued().forEach(flows::arrived);
        return receiver.received() + socket(receiver).drops() == 1_000;
      });
      UdpLedger ledger =
          flows
              .enter(UdpLedger.titled("1,000 of 8 flows"))
              .socketDrops(socket(receiver).drops(), "sock_diag drops")
              .backlogDrops(
                  NetDevices.read().device("lo").since(device).received().drop(), "lo rx drop")
              .protocolCounters(ProtocolCounters.settledSince(before), IpVersion.V4)
              .build();
      assertThat(ledger.ledger().balances()).as(ledger.ledger().toString()).isTrue();
      assertThat(ledger.lost() > 0).isEqualTo(loses);
      assertThat(flows.accounts())
          .extracting(DatagramFlows.Account::sent)
          .containsExactly(150L, 150L, 150L, 150L, 100L, 100L, 100L, 100L);
      return flows;
    });
  }

  /** Nothing tells of what is queued when a socket is closed but its last reading. */
  @Test
  void whatIsQueuedAtTheCloseHasAnAccount() throws Throwable {
    network.call(() -> {
      long charge = UdpTruesize.measure(64).bytesPerDatagram();
      ProtocolCounters before = ProtocolCounters.read();
      ScriptedDatagrams receiver = script.datagramsOn(ANY);
      DatagramFlows flows = script.flowsTo(receiver.address(), 3).bursts(5).send(40);
      await(() -> socket(receiver).rxQueueBytes() == 40 * charge);
      for (int i = 0; i < 10; i++) {
        flows.arrived(receiver.read());
      }
      UdpSocket last = socket(receiver);
      ProtocolCounters.Deltas open = ProtocolCounters.settledSince(before);
      receiver.close();
      ProtocolCounters.Deltas counted = ProtocolCounters.settledSince(before);
      assertThat(counted.nonZero()).as("no counter tells").isEqualTo(open.nonZero());
      UdpLedger.Builder without =
          flows
              .enter(UdpLedger.titled("closed with 30 queued"))
              .socketDrops(last.drops(), "sock_diag drops")
              .backlogDropsAbsent("not read")
              .protocolCounters(counted, IpVersion.V4);
      assertThat(without.build().ledger().imbalances())
          .as("without the account")
          .singleElement()
          .asString()
          .contains("40 = 10 + 0: off by +30");
      Ledger ledger = flows.enterQueued(without, last).build().ledger();
      assertThat(ledger.account("queued at the close").value()).hasValue(30);
      assertThat(ledger.balances()).as(ledger.toString()).isTrue();
      return ledger;
    });
  }

  @Test
  void aQueueOfSeveralSizesLeavesTheLedgerUndetermined() throws Throwable {
    network.call(() -> {
      ScriptedDatagrams receiver = script.datagramsOn(ANY);
      DatagramFlows flows = script.flowsTo(receiver.address(), 1).sizes(22, 1_400).send(2);
      long both =
          UdpTruesize.measure(22).bytesPerDatagram()
              + UdpTruesize.measure(1_400).bytesPerDatagram();
      await(() -> socket(receiver).rxQueueBytes() == both);
      Ledger ledger =
          flows
              .enterQueued(
                  flows
                      .enter(UdpLedger.titled("two sizes"))
                      .socketDrops(0, "sock_diag drops")
                      .backlogDropsAbsent("not read"),
                  socket(receiver))
              .build()
              .ledger();
      assertThat(ledger.verdict()).isEqualTo(Ledger.Verdict.UNDETERMINED);
      assertThat(ledger.account("queued at the close").origin())
          .contains("is not one number of datagrams");
      return ledger;
    });
  }

  /** A connected socket is told by ICMP that nobody is there, on its next send: Micrometer 2177. */
  @Test
  void whatNobodyIsThereForIsSentOrRefused() throws Throwable {
    network.call(() -> {
      ScriptedDatagrams receiver = script.datagramsOn(ANY);
      receiver.close();
      ProtocolCounters before = ProtocolCounters.read();
      DatagramFlows flows = script.flowsTo(receiver.address(), 2).bursts(10).send(20);
      ProtocolCounters.Deltas counted = ProtocolCounters.settledSince(before);
      List<DatagramFlows.Account> accounts = flows.accounts();
      long sent = accounts.stream().mapToLong(DatagramFlows.Account::sent).sum();
      long refused = accounts.stream().mapToLong(DatagramFlows.Account::refused).sum();
      assertThat(sent + refused).isEqualTo(20);
      assertThat(refused).isPositive();
      assertThat(counted.value("Udp", "OutDatagrams")).isEqualTo(sent);
      assertThat(counted.value("Udp", "NoPorts")).isEqualTo(sent);
      return flows;
    });
  }
}

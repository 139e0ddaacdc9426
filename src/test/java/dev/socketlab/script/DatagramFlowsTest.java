package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.socketlab.ledger.Ledger;
import dev.socketlab.ledger.UdpLedger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class DatagramFlowsTest {

  private static final Duration IN_TIME = Duration.ofSeconds(20);

  private final Script script = Script.of(false, () -> "");
  private final ScriptedDatagrams receiver =
      script.datagramsOn(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));

  @AfterEach
  void close() {
    script.close();
  }

  private List<byte[]> read(int datagrams) {
    List<byte[]> all = new ArrayList<>();
    Awaitility.await()
        .pollInSameThread()
        .atMost(IN_TIME)
        .until(() -> {
          all.addAll(receiver.readQueued());
          return all.size() >= datagrams;
        });
    return all;
  }

  @Test
  void burstsGoAroundTheFlowsAndEachNumbersItsOwn() {
    DatagramFlows flows = script.flowsTo(receiver.address(), 3).sizes(12, 40).bursts(2).send(7);
    List<byte[]> arrived = read(7);
    assertThat(arrived)
        .extracting(d -> DatagramFlows.flowOf(d) + ":" + DatagramFlows.numberOf(d))
        .containsExactly("0:1", "0:2", "1:1", "1:2", "2:1", "2:2", "0:3");
    assertThat(arrived).extracting(d -> d.length).containsExactly(12, 40, 12, 40, 12, 40, 12);
    arrived.forEach(flows::arrived);
    assertThat(flows.accounts())
        .extracting(DatagramFlows.Account::sent)
        .containsExactly(3L, 2L, 2L);
    assertThat(flows.accounts()).allMatch(account -> account.missing().isEmpty());
    assertThat(flows.accounts()).extracting(DatagramFlows.Account::from).doesNotHaveDuplicates();
    flows.send(1);
    assertThat(flows.account(1).missing()).as("a later call: the next flow").containsExactly(3L);
  }

  @Test
  void whatArrivedTellsWhatIsMissingDuplicatedAndOutOfOrder() {
    DatagramFlows flows = script.flowsTo(receiver.address(), 2).bursts(9).send(18);
    for (long number : new long[] {3, 2, 7, 6, 7, 2}) {
      flows.arrived(0, number);
    }
    DatagramFlows.Account account = flows.account(0);
    assertThat(account.received()).isEqualTo(6);
    assertThat(account.missing()).containsExactly(1L, 4L, 5L, 8L, 9L);
    assertThat(account.duplicated()).containsExactly(7L, 2L);
    assertThat(account.outOfOrder()).containsExactly(2L, 6L);
    assertThat(account)
        .asString()
        .endsWith(
            ": 9 sent, 0 refused, 6 received, missing [1, 4-5, 8-9], duplicated [7, 2], out of"
                + " order [2, 6]");
    Ledger ledger =
        flows
            .enter(UdpLedger.titled("two flows"))
            .socketDropsAbsent("not read")
            .backlogDropsAbsent("not read")
            .build()
            .ledger();
    assertThat(ledger.account("published").value()).hasValue(18);
    assertThat(ledger.account("received").value()).hasValue(6);
    assertThat(ledger.account("head loss").value()).hasValue(1);
    assertThat(ledger.account("interior gaps").value()).hasValue(2);
    assertThat(ledger.account("tail loss").value()).as("of both flows").hasValue(2 + 9);
  }

  @Test
  void whatWasNeverSentCannotArrive() {
    DatagramFlows flows = script.flowsTo(receiver.address(), 1).send(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flows.arrived(0, 2))
        .withMessageStartingWith("number=2 of flow 0 was never sent");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flows.arrived(1, 1))
        .withMessage("flow=1 is none of the flows 0 to 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flows.arrived(new byte[11]))
        .withMessageStartingWith("datagram of 11 bytes has no flow and number");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> flows.sizes(11))
        .withMessageStartingWith("bytes: 11 must be from 12");
    assertThatIllegalArgumentException().isThrownBy(() -> flows.bursts(0));
    assertThatIllegalArgumentException().isThrownBy(() -> script.flowsTo(receiver.address(), 0));
  }

  @Test
  void aServerMayHaveAFormatOfItsOwn() {
    DatagramFlows flows =
        script
            .flowsTo(receiver.address(), 1)
            .content((flow, number, size) ->
                "flow%d:%d|c".formatted(flow, number).getBytes(StandardCharsets.US_ASCII))
            .send(2);
    assertThat(read(2))
        .extracting(d -> new String(d, StandardCharsets.US_ASCII))
        .containsExactly("flow0:1|c", "flow0:2|c");
    flows.arrived(0, 1);
    assertThat(flows.account(0).missing()).containsExactly(2L);
  }

  @Test
  void aRefusedDatagramHasNoNumber() {
    InetSocketAddress nobody = receiver.address();
    receiver.close();
    DatagramFlows flows = script.flowsTo(nobody, 1);
    Awaitility.await()
        .pollInSameThread()
        .atMost(IN_TIME)
        .until(() -> flows.send(1).account(0).refused() > 0);
    DatagramFlows.Account account = flows.account(0);
    assertThat(account.missing()).hasSize((int) account.sent()).last().isEqualTo(account.sent());
  }
}

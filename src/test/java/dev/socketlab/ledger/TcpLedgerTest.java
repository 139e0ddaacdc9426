package dev.socketlab.ledger;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.socketlab.probe.ProtocolCounters;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpLedgerTest {

  @Test
  void aConnectionForEachSessionBalances() {
    TcpLedger ledger =
        TcpLedger.titled("16 clients").completed(16).accepted(16).counters(counted()).build();

    assertThat(ledger).balance();
    assertThat(ledger.ledger().account("ListenOverflows").origin())
        .isEqualTo("net/netstat TcpExt ListenOverflows");
  }

  @Test
  void everyEquationCanFail() {
    Map<String, Long> wrong = new LinkedHashMap<>();
    for (TcpAccount account : TcpAccount.values()) {
      wrong.put(account.counter(), 1L);
    }
    Ledger ledger =
        TcpLedger.titled("16 clients")
            .completed(16)
            .accepted(15)
            .counters(counted(wrong))
            .build()
            .ledger();

    assertThat(ledger.imbalances()).hasSameSizeAs(ledger.equations()).hasSize(15);
  }

  @Test
  void aFailureShowsEveryLine() {
    TcpLedger ledger =
        TcpLedger.titled("16 clients")
            .completed(16)
            .counters(counted(Map.of("ListenOverflows", 3L)))
            .build();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(ledger).balance())
        .withMessageContaining("16 clients")
        .withMessageContaining("ListenOverflows         3  net/netstat TcpExt ListenOverflows")
        .withMessageContaining("the accept queue never overflows: ListenOverflows = 0")
        .withMessageContaining("3 = 0: off by +3")
        .withMessageContaining("verdict: OFF");
  }

  @Test
  void withoutCountersTheBooksDoNotBalance() {
    TcpLedger ledger = TcpLedger.titled("shared").completed(16).countersAbsent("shared").build();

    assertThat(ledger.ledger().verdict()).isEqualTo(Ledger.Verdict.UNDETERMINED);
  }

  @Test
  void figuresCannotBeForgotten() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TcpLedger.titled("no sessions").counters(counted()).build());
    assertThatIllegalStateException()
        .isThrownBy(() -> TcpLedger.titled("no counters").completed(1).build())
        .withMessageContaining("title=no counters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TcpLedger.titled("negative").completed(-1))
        .withMessageContaining("account=completed, value=-1");
  }

  @Test
  void theLedgerOfNoSessionBalances() {
    ProtocolCounters.Deltas idle = counted(Map.of("ActiveOpens", 0L, "PassiveOpens", 0L));
    assertThat(TcpLedger.titled("idle").completed(0).accepted(0).counters(idle).build()).balance();
  }

  private static ProtocolCounters.Deltas counted() {
    return counted(Map.of());
  }

  private static ProtocolCounters.Deltas counted(Map<String, Long> changes) {
    Map<String, Map<String, Long>> groups = new LinkedHashMap<>();
    for (TcpAccount account : TcpAccount.values()) {
      long expected =
          switch (account) {
            case IN_SEGS -> 160;
            case OUT_SEGS -> 159;
            case RETRANS_SEGS -> 1; // sent again by a machine that stood still; nothing was lost
            default -> account.mustBeZero().isPresent() ? 0 : 16;
          };
      groups
          .computeIfAbsent(account.group(), _ -> new LinkedHashMap<>())
          .put(account.counter(), changes.getOrDefault(account.counter(), expected));
    }
    return new ProtocolCounters.Deltas("test", groups);
  }
}

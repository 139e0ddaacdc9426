package dev.socketlab.probe;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TcpBooksTest {

  @Test
  void aConnectionForEachSessionBalances() {
    TcpBooks books =
        TcpBooks.titled("16 clients").completed(16).accepted(16).counters(counted()).build();

    assertThat(books).balance();
    assertThat(books.ledger().account("ListenOverflows").origin())
        .isEqualTo("net/netstat TcpExt ListenOverflows");
  }

  @Test
  void everyEquationCanFail() {
    Map<String, Long> wrong = new LinkedHashMap<>();
    for (TcpAccount account : TcpAccount.values()) {
      wrong.put(account.counter(), 1L);
    }
    Ledger books =
        TcpBooks.titled("16 clients")
            .completed(16)
            .accepted(15)
            .counters(counted(wrong))
            .build()
            .ledger();

    assertThat(books.imbalances()).hasSameSizeAs(books.equations()).hasSize(14);
  }

  @Test
  void aFailureShowsEveryLine() {
    TcpBooks books =
        TcpBooks.titled("16 clients")
            .completed(16)
            .counters(counted(Map.of("ListenOverflows", 3L)))
            .build();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(books).balance())
        .withMessageContaining("16 clients")
        .withMessageContaining("ListenOverflows        3  net/netstat TcpExt ListenOverflows")
        .withMessageContaining("the accept queue never overflows: ListenOverflows = 0")
        .withMessageContaining("3 = 0: off by +3")
        .withMessageContaining("verdict: OFF");
  }

  @Test
  void withoutCountersTheBooksDoNotBalance() {
    TcpBooks books = TcpBooks.titled("shared").completed(16).countersAbsent("shared").build();

    assertThat(books.ledger().verdict()).isEqualTo(Ledger.Verdict.UNDETERMINED);
  }

  @Test
  void figuresCannotBeForgotten() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TcpBooks.titled("no sessions").counters(counted()).build());
    assertThatIllegalStateException()
        .isThrownBy(() -> TcpBooks.titled("no counters").completed(1).build())
        .withMessageContaining("title=no counters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TcpBooks.titled("negative").completed(-1))
        .withMessageContaining("account=completed, value=-1");
  }

  private static ProtocolCounterDeltas counted() {
    return counted(Map.of());
  }

  private static ProtocolCounterDeltas counted(Map<String, Long> changes) {
    Map<String, Map<String, Long>> groups = new LinkedHashMap<>();
    for (TcpAccount account : TcpAccount.values()) {
      long expected = account.mustBeZero().isPresent() ? 0 : 16;
      groups
          .computeIfAbsent(account.group(), _ -> new LinkedHashMap<>())
          .put(account.counter(), changes.getOrDefault(account.counter(), expected));
    }
    return new ProtocolCounterDeltas("test", groups);
  }
}

package dev.socketlab.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kernel's counters in {@link TcpLedger}, and what it means that one of them stays at zero. */
enum TcpAccount {
  ACTIVE_OPENS("Tcp", "ActiveOpens", null),
  PASSIVE_OPENS("Tcp", "PassiveOpens", null),
  ATTEMPT_FAILS("Tcp", "AttemptFails", "no attempt to connect fails"),
  ESTAB_RESETS("Tcp", "EstabResets", "no connection is reset"),
  ABORT_ON_CLOSE("TcpExt", "TCPAbortOnClose", "no end closes with input unread"),
  ABORT_ON_DATA("TcpExt", "TCPAbortOnData", "no end is sent data after its close, or cuts it off"),
  OUT_RSTS("Tcp", "OutRsts", null),
  IN_SEGS("Tcp", "InSegs", null),
  OUT_SEGS("Tcp", "OutSegs", null),
  RETRANS_SEGS("Tcp", "RetransSegs", null),
  IN_ERRS("Tcp", "InErrs", "no segment is damaged"),
  LISTEN_OVERFLOWS("TcpExt", "ListenOverflows", "the accept queue never overflows"),
  LISTEN_DROPS("TcpExt", "ListenDrops", "the listener drops no SYN"),
  REQUEST_QUEUE_DROPS("TcpExt", "TCPReqQFullDrop", "the queue of handshakes never drops a SYN"),
  REQUEST_QUEUE_COOKIES("TcpExt", "TCPReqQFullDoCookies", "the queue of handshakes is never full"),
  BACKLOG_DROPS("TcpExt", "TCPBacklogDrop", "no socket's backlog overflows"),
  QUEUE_DROPS("TcpExt", "TCPRcvQDrop", "no socket's receive queue overflows");

  private final String group;
  private final String counter;
  private final @Nullable String law;

  TcpAccount(String group, String counter, @Nullable String law) {
    this.group = group;
    this.counter = counter;
    this.law = law;
  }

  String group() {
    return group;
  }

  String counter() {
    return counter;
  }

  Optional<String> mustBeZero() {
    return Optional.ofNullable(law);
  }
}

package dev.socketlab.card;

import dev.socketlab.card.internal.CallLaws;
import dev.socketlab.card.internal.CloseLaws;
import dev.socketlab.card.internal.ConnectionLaws;
import dev.socketlab.card.internal.DescriptorLaws;
import dev.socketlab.card.internal.Examination;
import dev.socketlab.card.internal.Judgement;
import dev.socketlab.card.internal.ListenLaws;
import dev.socketlab.card.internal.LossLaws;
import dev.socketlab.card.internal.QuotaLaws;
import dev.socketlab.card.internal.RestLaws;
import dev.socketlab.card.internal.SendLaws;
import dev.socketlab.card.internal.SlowLaws;
import dev.socketlab.card.internal.StopLaws;
import java.util.function.Function;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A law of the Socket Report Card: what a server should do at the boundary to the kernel, whatever
 * it serves. Each has a page in {@code docs/laws}.
 *
 * {@snippet :
 * assertThat(Law.CLOSE_01.id()).isEqualTo("SL-CLOSE-01");
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
public enum Law {
  /** A port that nobody asked for is an attack surface. */
  LISTEN_01("listens only where declared", Had.READ, Needs.READING, ListenLaws::ports),
  /** Which of IPv4 and IPv6 is served. */
  LISTEN_02("IPv4 and IPv6 on purpose", Had.EXACT, Needs.LOAD, ListenLaws::families),
  /** {@code net.core.somaxconn} clips a backlog without a word. */
  LISTEN_03(
      "the backlog asked for is the backlog granted",
      Had.READ,
      Needs.STOPPING,
      ListenLaws::backlog),
  /** Clients that come all at once are queued, not dropped. */
  LISTEN_04(
      "a burst of the queue's size loses nobody", Had.EXACT, Needs.STOPPING, ListenLaws::burst),
  /** How many are taken from the queue at a time. */
  LISTEN_05("accepts per wake-up", Had.SAMPLED, Needs.STOPPING, ListenLaws::accepts),
  /** Connections of an earlier run in TIME_WAIT do not keep the port. */
  START_01("restarts at once on its port", Had.EXACT, Needs.STOPPING, StopLaws::restart),
  /** Reads, writes and waits for one operation. */
  CALLS_01("system calls per operation", Had.EXACT, Needs.LOAD, CallLaws::perOperation),
  /** A small reply in two writes is two packets. */
  SEND_01(
      "a reply leaves in as few segments as it needs", Had.EXACT, Needs.LOAD, SendLaws::segments),
  /** Nagle's algorithm and delayed acknowledgements wait for each other, 40 ms each time. */
  SEND_02("no reply waits for a delayed acknowledgement", Had.BOUND, Needs.LOAD, SendLaws::delayed),
  /** What one more connection costs. */
  CONN_01("descriptors and threads per connection", Had.EXACT, Needs.LOAD, ConnectionLaws::cost),
  /** No leak, however the connection ends. */
  CONN_02("what closes is given back", Had.READ, Needs.LOAD, ConnectionLaws::givenBack),
  /** Wake-ups cost power, and hide in no other figure. */
  IDLE_01("while nobody asks, nobody runs", Had.SAMPLED, Needs.READING, RestLaws::idle),
  /** Closing with unread input resets the connection, and the reply may be lost. */
  CLOSE_01("no reply is lost to a reset", Had.EXACT, Needs.LOAD, CloseLaws::unreadInput),
  /** A client may end its output and still wait for the reply. */
  CLOSE_02("a half-close is honoured", Had.EXACT, Needs.LOAD, CloseLaws::halfClose),
  /** Back-pressure instead of memory. */
  SLOW_01(
      "a peer that does not read is stopped, not buffered",
      Had.BOUND,
      Needs.LOAD,
      SlowLaws::doesNotRead),
  /** Slow clients do not occupy what others need. */
  SLOW_02(
      "a peer that sends slowly costs nobody else", Had.EXACT, Needs.LOAD, SlowLaws::sendsSlowly),
  /** Accepting again and again when descriptors have run out burns a core. */
  FD_01(
      "out of descriptors, it does not spin, and recovers",
      Had.BOUND,
      Needs.STOPPING,
      DescriptorLaws::exhausted),
  /** Without keepalive a connection to a machine that is gone stays for ever. */
  DEAD_01("a vanished peer is noticed", Had.READ, Needs.READING, RestLaws::deadPeer),
  /** SIGPIPE and unexpected errors. */
  RESET_01(
      "a reset in the middle of a reply harms nobody", Had.READ, Needs.LOAD, ConnectionLaws::reset),
  /** Scanners come to each open port. */
  JUNK_01("malformed input harms nobody", Had.READ, Needs.LOAD, ConnectionLaws::junk),
  /** Retransmission is the kernel's affair. */
  LOSS_01("loss on the link costs repeats, no replies", Had.EXACT, Needs.LOAD, LossLaws::eachTenth),
  /** A deployment is no outage. */
  STOP_01(
      "a stop loses nothing that was accepted", Had.SAMPLED, Needs.STOPPING, StopLaws::inFlight),
  /** A container with little CPU is slow, and does no more than it must. */
  CPU_01(
      "a quota of CPU changes the waiting, not the work",
      Had.EXACT,
      Needs.STOPPING,
      QuotaLaws::quota),
  /** Children of the server do not inherit its connections. */
  EXEC_01("sockets are close-on-exec", Had.READ, Needs.READING, DescriptorLaws::closeOnExec);

  /** How a finding was had. */
  public enum Had {
    /** A count that is the same each time. */
    EXACT,
    /** A value that was read from the kernel. */
    READ,
    /** A count that the broken case exceeds by orders of magnitude. */
    BOUND,
    /** Some looks, between which something may have happened. */
    SAMPLED
  }

  /** What a law does to the server. */
  public enum Needs {
    /** Nothing: it may be a running process that is not ours. */
    READING,
    /** Connections and operations. */
    LOAD,
    /** It is stopped, starved or restarted. */
    STOPPING
  }

  private final String statement;
  private final Had had;
  private final Needs needs;

  @SuppressWarnings("ImmutableEnumChecker") // a method that keeps nothing
  private final Function<Examination, Judgement> check;

  Law(String statement, Had had, Needs needs, Function<Examination, Judgement> check) {
    this.statement = statement;
    this.had = had;
    this.needs = needs;
    this.check = check;
  }

  /** {@return the law's name in policies and pages, which never changes, such as SL-CLOSE-01} */
  public String id() {
    return "SL-" + name().replace('_', '-');
  }

  /** {@return what should be so, in a few words} */
  public String statement() {
    return statement;
  }

  /** {@return how the finding is had} */
  public Had had() {
    return had;
  }

  /** {@return what it does to the server} */
  public Needs needs() {
    return needs;
  }

  Judgement judge(Examination examination) {
    return check.apply(examination);
  }

  /** The law as the statement of a mechanism: id and words. */
  @Override
  public String toString() {
    return id() + " " + statement;
  }
}

package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;
import java.util.function.ToLongFunction;

/** How replies leave. */
public final class SendLaws {
  private static final int OPERATIONS = 40;

  /** A new connection is acknowledged at once for a while (quickack). */
  private static final int WARM_UP = 40;

  private SendLaws() {}

  /** What some operations on one connection added to it. */
  private record Replies(long bytes, long segments, long delayedAcks) {}

  private static Replies replies(Examination exam, ScriptedConnection client, int operations) {
    ProtocolCounters before = ProtocolCounters.read();
    long bytes = info(client, "bytes_received");
    long segments = info(client, "data_segs_in");
    exam.operate(client, operations);
    return new Replies(
        info(client, "bytes_received") - bytes,
        info(client, "data_segs_in") - segments,
        ProtocolCounters.read().since(before).value("TcpExt", "DelayedACKs"));
  }

  private static long info(ScriptedConnection client, String name) {
    return tell(client, socket -> socket.detail().tcpInfo(name).orElse(-1));
  }

  private static long tell(ScriptedConnection client, ToLongFunction<TcpSocket> what) {
    long value = client.socket().map(what::applyAsLong).orElse(-1L);
    if (value < 0) {
      throw new Inconclusive("needs sock_diag, which tells what a connection has received");
    }
    return value;
  }

  private static long maximumSegment(ScriptedConnection client) {
    return client
        .otherSocket()
        .map(socket -> socket.detail().tcpInfo("snd_mss").orElse(0))
        .filter(mss -> mss > 0)
        .orElseThrow(() -> new Inconclusive("needs sock_diag, which tells the segment size"));
  }

  /** SL-SEND-01. */
  public static Judgement segments(Examination exam) {
    Subject server = exam.start();
    ScriptedConnection client = exam.connect(server);
    exam.operate(client, WARM_UP);
    Replies replies = replies(exam, client, OPERATIONS);
    long size = replies.bytes() / OPERATIONS;
    long least = (size + maximumSegment(client) - 1) / maximumSegment(client);
    Judgement found =
        Judgement.of(
            replies.segments() <= least * OPERATIONS,
            "%d replies of %,d bytes, for which %d segment%s enough: %d segments came, %s for each",
            OPERATIONS,
            size,
            least,
            least == 1 ? " is" : "s are",
            replies.segments(),
            replies.segments() % OPERATIONS == 0
                ? Long.toString(replies.segments() / OPERATIONS)
                : "%.2f".formatted((double) replies.segments() / OPERATIONS));
    return replies.segments() % OPERATIONS == 0
        ? found.exact("segments for a reply", replies.segments() / OPERATIONS)
        : found;
  }

  /**
   * SL-SEND-02. Where each reply came in as few segments as there were replies, none can have
   * waited for an acknowledgement of its own beginning, at any speed of the machine; where they
   * came in more, an acknowledgement for most of them that a timer has sent is what they waited
   * for.
   */
  public static Judgement delayed(Examination exam) {
    exam.requirePrivateNetwork();
    Subject server = exam.start();
    ScriptedConnection client = exam.connect(server);
    exam.operate(client, WARM_UP);
    Replies replies = replies(exam, client, OPERATIONS);
    long delayed = replies.delayedAcks();
    boolean inOne = replies.segments() <= OPERATIONS;
    if (!inOne && delayed > OPERATIONS / 10 && delayed < OPERATIONS / 2) {
      throw new Inconclusive(
          "%d delayed acknowledgements for %d replies are neither none nor one for each; the machine may"
                  .formatted(delayed, OPERATIONS)
              + " be too slow for a timer of 40 ms to tell");
    }
    return Judgement.of(
        inOne || delayed <= OPERATIONS / 10,
        inOne
            ? "%d requests, one after the other: %d replies of one segment each, which nothing can hold"
                + " back (DelayedACKs %d)"
            : "%d requests, one after the other: %d segments; %d waited until a timer of 40 ms"
                + " acknowledged the segment before (DelayedACKs)",
        OPERATIONS,
        replies.segments(),
        delayed);
  }
}

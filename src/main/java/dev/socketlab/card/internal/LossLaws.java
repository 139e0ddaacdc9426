package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.network.LinkFault;
import dev.socketlab.network.Traffic;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;

/** A link that loses. */
public final class LossLaws {
  private static final int OPERATIONS = 30;
  private static final int EACH = 10;

  private LossLaws() {}

  /** SL-LOSS-01. */
  public static Judgement eachTenth(Examination exam) {
    exam.requirePrivateNetwork();
    Subject server = exam.start();
    ScriptedConnection client = exam.connect(server);
    exam.operate(client);
    ProtocolCounters before = exam.counters();
    int answered = 0;
    long dropped;
    try (LinkFault loss = exam.lab().here().dropEvery(EACH, Traffic.TCP)) {
      for (int i = 0; i < OPERATIONS && answered == i; i++) {
        answered += exam.isServed(client) ? 1 : 0;
      }
      dropped = loss.dropped();
    }
    if (dropped == 0) {
      throw new Inconclusive("nothing was dropped");
    }
    long repeated = ProtocolCounters.read().since(before).value("Tcp", "RetransSegs");
    return Judgement.of(
            answered == OPERATIONS,
            "each %dth packet is dropped, %d in all: %d of %d replies are whole, %d segments were repeated",
            EACH,
            dropped,
            answered,
            OPERATIONS,
            repeated)
        .exact("replies", answered);
  }
}

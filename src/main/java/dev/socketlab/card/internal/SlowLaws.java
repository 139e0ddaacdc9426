package dev.socketlab.card.internal;

import dev.socketlab.script.ScriptException;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;
import java.util.Arrays;
import java.util.List;

/** What slow clients do to a server. */
public final class SlowLaws {
  /** Far more than what the buffers of both ends hold when they are set as below. */
  private static final long MOST_BYTES = 4L << 20;

  private static final String SMALL_BUFFERS = "4096 16384 65536";
  private static final int SLOW_CLIENTS = 20;
  private static final int OTHERS = 10;

  private SlowLaws() {}

  /** SL-SLOW-01: with small buffers of the kernel, so that what is taken in is the server's. */
  public static Judgement doesNotRead(Examination exam) {
    exam.requirePrivateNetwork();
    exam.lab().here().set("net.ipv4.tcp_wmem", SMALL_BUFFERS);
    exam.lab().here().set("net.ipv4.tcp_rmem", SMALL_BUFFERS);
    Subject server = exam.startToLookAt();
    ScriptedConnection client = exam.connect(server);
    boolean cutOff = !askUntilItRests(exam, server, client);
    long taken = client.account().bytesSent();
    boolean served = exam.serves(server);
    client.reset();
    return Judgement.of(
        served && taken < MOST_BYTES,
        "a client asks and asks and reads nothing, with buffers of 64 KiB in the kernel: the server %s after %,d"
            + " bytes of requests; another client is %s",
        cutOff ? "cuts it off" : taken < MOST_BYTES ? "stops to read" : "still reads",
        taken,
        served ? "served" : "not served");
  }

  /**
   * Asks and reads nothing, until the server takes no more and is at rest: one that is only slow
   * closes its window, too, and opens it again.
   *
   * @return whether the connection is still open
   */
  private static boolean askUntilItRests(
      Examination exam, Subject server, ScriptedConnection client) {
    byte[] request = exam.operation().request();
    long taken = -1;
    try {
      for (long now = 0; now > taken && now < MOST_BYTES; now = client.account().bytesSent()) {
        taken = now;
        byte[] next = rotated(request, (int) (now % request.length));
        long _ = client.sendUntilFull(next, MOST_BYTES - now);
        List<String> _ = exam.script().look(server).awaitRest();
      }
    } catch (ScriptException failure) {
      if (client.outcome() == ScriptedConnection.Outcome.OPEN) {
        throw failure;
      }
      return false;
    }
    return true;
  }

  /** The same bytes from another one on. */
  private static byte[] rotated(byte[] bytes, int first) {
    byte[] rotated = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      rotated[i] = bytes[(first + i) % bytes.length];
    }
    return rotated;
  }

  /** SL-SLOW-02. */
  public static Judgement sendsSlowly(Examination exam) {
    Subject server = exam.start();
    List<ScriptedConnection> slow = exam.connect(server, SLOW_CLIENTS);
    byte[] request = exam.operation().request();
    slow.forEach(client -> client.send(Arrays.copyOf(request, request.length / 2)));
    int served = 0;
    for (int i = 0; i < OTHERS && served == i; i++) {
      served += exam.serves(server) ? 1 : 0;
    }
    return Judgement.of(
            served == OTHERS,
            "%d clients have sent half a request: of %d others, one after the other, %d are served",
            SLOW_CLIENTS,
            OTHERS,
            served)
        .exact("others served", served);
  }
}

package dev.socketlab.card.internal;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.script.Ending;
import dev.socketlab.script.ScriptException;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.script.SubjectLook;
import dev.socketlab.script.SubjectLook.Holding;
import dev.socketlab.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What connections cost, and whether that is given back. */
public final class ConnectionLaws {
  private static final int CONNECTIONS = 20;
  private static final int AT_ONCE = 4;
  private static final int JUNK_CONNECTIONS = 20;
  private static final int MOST_JUNK_BYTES = 4_096;
  private static final long SEED = 20_000_000_089L;
  private static final int ROUNDS = 3;

  private static final List<Ending> ENDINGS =
      List.of(
          Ending.CLOSE_AFTER_REPLY,
          Ending.CLOSE_MID_REQUEST,
          Ending.RESET_BEFORE_REQUEST,
          Ending.RESET_AFTER_REQUEST);

  private ConnectionLaws() {}

  /** SL-CONN-01. */
  public static Judgement cost(Examination exam) {
    Subject server = exam.startToLookAt();
    SubjectLook look = exam.script().look(server);
    List<ScriptedConnection> held = new ArrayList<>(hold(exam, server, look));
    Holding some = look.holding();
    held.addAll(hold(exam, server, look));
    Holding twice = look.holding();
    int descriptors = twice.allDescriptors() - some.allDescriptors();
    int threads = twice.threads() - some.threads();
    Judgement found =
        Judgement.note(
            "%d connections held, then %d: descriptors %s, threads %s for each one more; the process"
                + " holds %d descriptors and %d threads then",
            CONNECTIONS,
            2 * CONNECTIONS,
            each(descriptors),
            each(threads),
            twice.allDescriptors(),
            twice.threads());
    held.forEach(ScriptedConnection::close);
    return descriptors % CONNECTIONS == 0
        ? found.exact("descriptors for a connection", descriptors / CONNECTIONS)
        : found;
  }

  private static List<ScriptedConnection> hold(Examination exam, Subject server, SubjectLook look) {
    List<ScriptedConnection> clients = exam.connect(server, CONNECTIONS);
    clients.forEach(exam::operate);
    List<String> _ = look.awaitRest();
    return clients;
  }

  private static String each(int of) {
    return of % CONNECTIONS == 0
        ? Long.toString(of / CONNECTIONS)
        : "%.2f".formatted((double) of / CONNECTIONS);
  }

  /** SL-CONN-02. */
  public static Judgement givenBack(Examination exam) {
    List<String> faults = new ArrayList<>();
    for (Ending ending : ENDINGS) {
      if (faults.isEmpty()) {
        faults.addAll(kept(exam, ending));
      }
    }
    return Judgement.of(
        faults.isEmpty(),
        "%d connections at once that close after the reply, close or reset in the middle of a"
            + " request, and before it: %s",
        AT_ONCE,
        faults.isEmpty()
            ? "descriptors and threads as before, none in CLOSE_WAIT"
            : String.join("; ", faults));
  }

  /** What an ending leaves behind in the server; other faults are other laws'. */
  private static List<String> kept(Examination exam, Ending ending) {
    return ending
        .play(exam.script(), exam.startToLookAt(), exam.conversations(), AT_ONCE)
        .faults()
        .stream()
        .filter(fault -> fault.contains("more ") || fault.contains("CLOSE_WAIT"))
        .map(fault -> ending + ": " + fault)
        .toList();
  }

  /** SL-RESET-01. */
  public static Judgement reset(Examination exam) {
    return unharmed(
        exam,
        "%d clients reset the connection with a byte of the reply read".formatted(CONNECTIONS),
        server -> {
          for (ScriptedConnection client : exam.connect(server, CONNECTIONS)) {
            exam.ask(client);
            client.read(1);
            client.reset();
          }
        });
  }

  /** SL-JUNK-01. */
  public static Judgement junk(Examination exam) {
    return unharmed(
        exam,
        "%d clients send up to %,d random bytes (seed %d) and close"
            .formatted(JUNK_CONNECTIONS, MOST_JUNK_BYTES, SEED),
        server -> sendJunk(exam, server));
  }

  private static void sendJunk(Examination exam, Subject server) {
    Random random = new Random(SEED);
    for (int i = 0; i < JUNK_CONNECTIONS && server.isAlive(); i++) {
      byte[] bytes = new byte[1 + random.nextInt(MOST_JUNK_BYTES)];
      random.nextBytes(bytes);
      try (ScriptedConnection client = exam.connect(server)) {
        client.send(bytes);
      } catch (ScriptException _) {
        // It may be cut off at once.
      }
    }
  }

  /**
   * A leak is a thread for each connection; fewer may be a pool that grows while there is much to
   * do.
   */
  private static Holding withPoolsThatGrow(Holding before) {
    return new Holding(before.descriptors(), before.threads() + CONNECTIONS - 1);
  }

  /** What is done is done once before, so that what the first of its kind loads is there. */
  private static Judgement unharmed(Examination exam, String done, Consumer<Subject> harm) {
    Subject server = exam.startToLookAt();
    SubjectLook look = exam.script().look(server);
    List<String> faults = new ArrayList<>();
    try {
      harm.accept(server);
      List<String> _ = look.awaitRest();
      for (int round = 1; round <= ROUNDS; round++) {
        Holding most = withPoolsThatGrow(look.holding());
        harm.accept(server);
        faults.clear();
        faults.addAll(look.awaitAsBefore(most));
        if (faults.isEmpty()) {
          break; // else a pool may have grown, which it does not do for ever
        }
      }
    } catch (ScriptException | ProbeException failure) {
      if (exam.lives(server)) { // its sockets are gone before the process is
        throw failure;
      }
      return ended(done, server);
    }
    if (!exam.lives(server)) {
      return ended(done, server);
    }
    boolean serves = exam.serves(server);
    return Judgement.of(
        serves && faults.isEmpty(),
        "%s: it lives, the next client is %s, %s",
        done,
        serves ? "served" : "not served",
        faults.isEmpty()
            ? "descriptors are as before, no thread for each is left, and it is at rest"
            : String.join("; ", faults));
  }

  private static Judgement ended(String done, Subject server) {
    return Judgement.of(
        false, "%s: the process has ended with exit code %d", done, Examination.end(server));
  }
}

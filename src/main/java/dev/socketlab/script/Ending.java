package dev.socketlab.script;

import dev.socketlab.load.Conversation;
import dev.socketlab.subject.Subject;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A way in which a connection can end, as a level of a factor: a parameter {@code @Factor Ending}
 * makes a trial of each. Each is followed by an idle window, in which the subject must be as it was
 * before. Except for {@link #SUBJECT_STOPS} what is judged needs no time: threads that sleep at two
 * looks in a row and were not switched in between, sockets, descriptors, counters.
 *
 * {@snippet :
 * @Trials
 * void isAsBefore(@Factor Ending ending, Lab lab) {
 *   ending.play(lab.script(), lab.java(Server.class, "{port}").start(), EchoConversation::new, 4).assertClean();
 * }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum Ending {
  /** The client reads the reply and closes. */
  CLOSE_AFTER_REPLY(0),
  /** The client ends its output behind the request, reads the reply, and then up to the end. */
  HALF_CLOSE_AFTER_REQUEST(0),
  /** The client closes in the middle of its request. */
  CLOSE_MID_REQUEST(0),
  /** The client resets the connection and has said nothing. */
  RESET_BEFORE_REQUEST(1),
  /** The client resets the connection in the middle of its request. */
  RESET_MID_REQUEST(1),
  /** The client resets the connection behind its request, mostly before the reply. */
  RESET_AFTER_REQUEST(1),
  /** The client reads one byte of the reply and resets the connection. */
  RESET_MID_REPLY(1),
  /** The client closes while the reply is there and unread, which resets the connection. */
  CLOSE_WITH_UNREAD_REPLY(1),
  /** The client says nothing until the subject is at rest, and closes. */
  SILENCE_THEN_CLOSE(0),
  /** The client has its reply, and the subject is stopped: it ends in order, and the connection. */
  SUBJECT_STOPS(0);

  private final int aborts;

  Ending(int aborts) {
    this.aborts = aborts;
  }

  /** How many connections of one are cut off, by the client. */
  int aborts() {
    return aborts;
  }

  /**
   * Plays it on some connections at once, and looks at the subject afterwards. First comes the same
   * once more, so that what is loaded or started by the first of its kind is there before. What has
   * more descriptors or threads than before gets two more rounds: a pool stops to grow, a leak does
   * not.
   *
   * @param script plays the clients
   * @param server the subject, ready
   * @param conversations what the clients say, and which reply is whole; one round trip each
   * @param connections how many at once; 1 for a server that serves one after the other
   * @return what was found
   */
  public Aftermath play(
      Script script, Subject server, Conversation.Source conversations, int connections) {
    return new EndingTrial(this, script, server, conversations, connections).run();
  }

  /**
   * What an ending has left behind.
   *
   * @param ending which one
   * @param connections on how many connections at once
   * @param faults what was not as it should be, in words; empty where nothing was
   */
  public record Aftermath(Ending ending, int connections, List<String> faults) {

    @SuppressWarnings("doclint:missing")
    public Aftermath {
      faults = List.copyOf(faults);
    }

    /**
     * Demand that nothing was left behind.
     *
     * @throws AssertionError that lists the faults
     */
    public void assertClean() {
      if (!faults.isEmpty()) {
        throw new AssertionError(
            "%s on %d connections at once:%n  %s"
                .formatted(ending, connections, String.join("\n  ", faults)));
      }
    }
  }
}

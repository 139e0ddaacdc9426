package dev.socketlab.script;

import dev.socketlab.ledger.Ledger;
import dev.socketlab.script.ScriptedConnection.Outcome;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What went through this end of one or more scripted connections. Segments are those of {@code
 * struct tcp_info} of its own sockets; of a closed one as they were when it was closed, so without
 * the FIN or reset of that.
 *
 * {@snippet :
 * List<ScriptedConnection> clients = lab.script().connect(server.address(), 20);
 * clients.forEach(client -> client.send("ping\n").close());
 * ScriptAccount account = ScriptAccount.of(clients);
 * assertThat(account.bytesSent()).isEqualTo(100);
 * }
 *
 * @param bytesSent bytes that the kernel took
 * @param bytesReceived bytes that were read
 * @param segmentsSent segments of any kind, repeated ones included; absent of unix sockets, and
 *     where foreign functions are denied
 * @param segmentsReceived segments of any kind; absent likewise
 * @param segmentsRepeated segments that were sent again; absent likewise
 * @param outcomes how many connections have come to which outcome
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ScriptAccount(
    long bytesSent,
    long bytesReceived,
    OptionalLong segmentsSent,
    OptionalLong segmentsReceived,
    OptionalLong segmentsRepeated,
    Map<Outcome, Long> outcomes) {

  @SuppressWarnings("doclint:missing")
  public ScriptAccount {
    outcomes = Collections.unmodifiableMap(new EnumMap<>(outcomes));
  }

  /**
   * Add up several connections.
   *
   * @param connections one or more
   * @return their sums; a figure that one of them lacks is absent
   */
  public static ScriptAccount of(Collection<ScriptedConnection> connections) {
    Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    connections.forEach(connection -> outcomes.merge(connection.outcome(), 1L, Long::sum));
    return new ScriptAccount(
        connections.stream().mapToLong(ScriptedConnection::sent).sum(),
        connections.stream().mapToLong(ScriptedConnection::received).sum(),
        sum(connections, "segs_out"),
        sum(connections, "segs_in"),
        sum(connections, "total_retrans"),
        outcomes);
  }

  private static OptionalLong sum(Collection<ScriptedConnection> connections, String figure) {
    long sum = 0;
    for (ScriptedConnection connection : connections) {
      OptionalLong one = connection.tcpInfo(figure);
      if (one.isEmpty()) {
        return one;
      }
      sum += one.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  /**
   * Tell how many connections have come to an outcome.
   *
   * @param outcome which one
   * @return how many, 0 included
   */
  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }

  /**
   * Enter it in a ledger: {@code NAME sent} and {@code NAME received} in bytes, {@code NAME
   * segments sent}, {@code … received} and {@code … repeated}.
   *
   * @param ledger a ledger that has no such accounts
   * @param name whose they are, for instance {@code clients}
   * @return the ledger
   */
  public Ledger.Builder enter(Ledger.Builder ledger, String name) {
    return ledger
        .account(name + " sent", bytesSent, "script: bytes that the kernel took")
        .account(name + " received", bytesReceived, "script: bytes read")
        .account(name + " segments sent", segmentsSent, "tcp_info segs_out")
        .account(name + " segments received", segmentsReceived, "tcp_info segs_in")
        .account(name + " segments repeated", segmentsRepeated, "tcp_info total_retrans");
  }
}

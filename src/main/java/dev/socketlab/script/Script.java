package dev.socketlab.script;

import dev.socketlab.script.ScriptedConnection.Outcome;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a test itself does on one end of connections: as a client of a subject, and as a server of a
 * subject that is a client, with the same verbs ({@link ScriptedConnection}). Over TCP, unix
 * sockets and UDP.
 *
 * <p>Each verb is a call that returns when it has been done, within 20 seconds ({@link #within}),
 * more on a slow machine. Everything that was opened is closed at the end of the trial, by the lab.
 * Sockets are in the network of the thread that opens them: {@code lab.peer().call(…)} opens them
 * on the other host. For use by one thread; {@link #close} by any.
 *
 * {@snippet :
 * ScriptedConnection client = lab.script().connect(server.address());
 * client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n").halfClose();
 * byte[] reply = client.readToEnd();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Script implements AutoCloseable {
  private static final Duration USUALLY = Duration.ofSeconds(20);
  private static final int BACKLOG = 128;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final Patience patience;
  private final boolean countsAlone;
  private final Deque<Runnable> closes = new ConcurrentLinkedDeque<>();

  private Script(boolean countsAlone, Supplier<String> whereSubjectsStand) {
    this.countsAlone = countsAlone;
    this.patience = new Patience(USUALLY, whereSubjectsStand);
  }

  /**
   * Begins a script; in an experiment, {@code lab.script()} does.
   *
   * @param countsAlone whether the counters of this network count the script and the subject alone
   * @param whereSubjectsStand what to say when a verb does not come to its end
   * @return a script, to be closed
   */
  public static Script of(boolean countsAlone, Supplier<String> whereSubjectsStand) {
    return new Script(countsAlone, whereSubjectsStand);
  }

  /**
   * Sets how long a verb may take, from now on.
   *
   * @param atMost on a usual machine; a slow one is given more
   * @return this script
   */
  public Script within(Duration atMost) {
    patience.usually(atMost);
    return this;
  }

  /**
   * Connects to a server.
   *
   * @param server an address of IPv4, IPv6 or a unix socket
   * @return the connection, open
   * @throws ScriptException if it is refused or not open in time
   */
  public ScriptedConnection connect(SocketAddress server) {
    return connect(server, 1).getFirst();
  }

  /**
   * Opens several connections at once: all are begun before the first is waited for.
   *
   * @param server an address of IPv4, IPv6 or a unix socket
   * @param connections how many
   * @return the connections, all open
   * @throws ScriptException if one is refused or not open in time
   */
  public List<ScriptedConnection> connect(SocketAddress server, int connections) {
    List<ScriptedConnection> all = attempt(server, connections);
    for (ScriptedConnection connection : all) {
      if (connection.outcome() != Outcome.OPEN) {
        throw patience.failure(
            "connect to %s, %d at once: one is %s"
                .formatted(server, connections, connection.outcome()));
      }
    }
    return all;
  }

  /**
   * Tries to open several connections at once, and takes it as it comes.
   *
   * @param server an address of IPv4, IPv6 or a unix socket
   * @param connections how many
   * @return the connections; what became of each is its {@link ScriptedConnection#outcome}: {@code
   *     OPEN}, {@code REFUSED}, {@code RESET}, or {@code TIMED_OUT}, after {@link #within} for all
   *     of them together
   */
  public List<ScriptedConnection> attempt(SocketAddress server, int connections) {
    List<Connecting> begun = new ArrayList<>();
    try {
      for (int i = 0; i < connections; i++) {
        Connecting connecting = Connecting.to(server);
        closes.push(connecting::close);
        begun.add(connecting);
      }
      boolean _ =
          patience.until(() -> {
            boolean all = true;
            for (Connecting connecting : begun) {
              all &= connecting.isDecided();
            }
            return all;
          });
    } catch (IOException failure) {
      throw patience.failure("connect to " + server, failure);
    }
    return begun.stream().map(connecting -> opened(connecting)).toList();
  }

  /**
   * Listens on a free port of 127.0.0.1, for a subject that is a client.
   *
   * @return a listener that accepts when it is told to
   */
  public ScriptedListener listen() {
    return listen(new InetSocketAddress(LOOPBACK, 0));
  }

  /**
   * Listens on an address, with a backlog of 128.
   *
   * @param address of IPv4, IPv6 or a unix socket, whose file is deleted in the end; one on which
   *     nobody listens, which a test that was killed left, is deleted before
   * @return a listener that accepts when it is told to
   */
  public ScriptedListener listen(SocketAddress address) {
    return listen(address, BACKLOG);
  }

  /**
   * Listens on an address.
   *
   * @param address of IPv4, IPv6 or a unix socket, as above
   * @param backlog connections that wait to be accepted, less one
   * @return a listener that accepts when it is told to
   */
  public ScriptedListener listen(SocketAddress address, int backlog) {
    try {
      ScriptedListener listener = ScriptedListener.open(this, address, backlog);
      closes.push(listener::close);
      return listener;
    } catch (IOException failure) {
      throw patience.failure("listen on " + address, failure);
    }
  }

  /**
   * Opens a UDP socket that is connected to a server.
   *
   * @param server an address of IPv4 or IPv6
   * @return a socket that sends there and takes what comes from there
   */
  public ScriptedDatagrams datagramsTo(InetSocketAddress server) {
    try {
      ScriptedDatagrams socket = ScriptedDatagrams.connected(server, patience);
      closes.push(socket::close);
      return socket;
    } catch (IOException failure) {
      throw patience.failure("connect a UDP socket to " + server, failure);
    }
  }

  /**
   * Opens a UDP socket on an address, for a subject that is a client.
   *
   * @param address of IPv4 or IPv6; port 0 for a free one
   * @return a socket that answers the sender of the datagram that it has read last
   */
  public ScriptedDatagrams datagramsOn(InetSocketAddress address) {
    try {
      ScriptedDatagrams socket = ScriptedDatagrams.bound(address, patience);
      closes.push(socket::close);
      return socket;
    } catch (IOException failure) {
      throw patience.failure("bind a UDP socket to " + address, failure);
    }
  }

  /**
   * Opens several UDP sockets that are connected to a server, each with a port of its own.
   *
   * @param server an address of IPv4 or IPv6
   * @param flows how many, at least 1
   * @return what sends numbered datagrams from them
   */
  public DatagramFlows flowsTo(InetSocketAddress server, int flows) {
    if (flows < 1) {
      throw new IllegalArgumentException("flows=" + flows + " must be at least 1");
    }
    return new DatagramFlows(
        Stream.generate(() -> datagramsTo(server)).limit(flows).toList(), patience);
  }

  /**
   * Looks at a subject, while or after something is done to it.
   *
   * @param server the subject, ready
   * @return what looks; how long it waits is {@link #within}'s affair
   */
  public SubjectLook look(Subject server) {
    return new SubjectLook(server.pid(), server.port(), patience);
  }

  boolean countsAlone() {
    return countsAlone;
  }

  Patience patience() {
    return patience;
  }

  private ScriptedConnection opened(Connecting connecting) {
    ScriptedConnection connection = connecting.connection(patience);
    closes.push(connection::close);
    return connection;
  }

  /** Takes over a connection that was accepted. */
  ScriptedConnection accepted(SocketChannel channel) {
    ScriptedConnection connection = ScriptedConnection.of(channel, Outcome.OPEN, patience);
    closes.push(connection::close);
    return connection;
  }

  /** Closes everything that it has opened, the last first, without waiting for anybody. */
  @Override
  public void close() {
    for (Runnable next = closes.poll(); next != null; next = closes.poll()) {
      next.run();
    }
  }
}

package dev.socketlab.script;

import dev.socketlab.load.Conversation;
import dev.socketlab.probe.SocketDetail;
import dev.socketlab.probe.TcpSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A connection of which the test plays one end, be it the client's or the server's. Each verb
 * returns when it has been done, within the {@link Script#within limit}, or throws. What is not a
 * verb is done by doing nothing: whoever does not read never reads, whoever says nothing has gone
 * silent, and an answer is late when something else comes before it.
 *
 * {@snippet :
 * ScriptedConnection client = lab.script().connect(server.address());
 * client.send("GET / HTTP/1.1\r\n");
 * client.reset();
 * assertThat(client.account().bytesSent()).isEqualTo(16);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ScriptedConnection implements AutoCloseable {
  private final Wire wire;
  private final Verbs verbs;
  private final Patience patience;

  private ScriptedConnection(Wire wire, Patience patience) {
    this.wire = wire;
    this.verbs = new Verbs(wire, patience);
    this.patience = patience;
  }

  static ScriptedConnection of(SocketChannel channel, Outcome outcome, Patience patience) {
    return new ScriptedConnection(new Wire(channel, outcome), patience);
  }

  /** What became of a connection, as this end has seen it. */
  public enum Outcome {
    /** It is open, as far as this end has looked: only a verb that reads or sends notices. */
    OPEN,
    /** The other end has ended its output, and this end has read up to there. */
    EOF,
    /** The other end has reset it, or is no more there. */
    RESET,
    /** This end has closed or reset it, before anything else was seen. */
    CLOSED,
    /** It was not open in time, or the kernel has given up waiting for an acknowledgement. */
    TIMED_OUT,
    /** Nobody listened. */
    REFUSED
  }

  /**
   * Sends bytes, all of them.
   *
   * @param bytes what to send
   * @return this connection
   * @throws ScriptException if the kernel does not take all of them in time, because the other end
   *     does not read, or if the connection has ended
   */
  public ScriptedConnection send(byte[] bytes) {
    verbs.send(bytes);
    return this;
  }

  /**
   * Sends text in UTF-8, all of it.
   *
   * @param text what to send
   * @return this connection
   * @throws ScriptException as {@link #send(byte[])} does
   */
  public ScriptedConnection send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends zeros without reading, until the kernel takes no more: the other end does not read, and
   * has closed its window.
   *
   * @param most where to stop if the other end does read
   * @return how many bytes the kernel took
   * @throws ScriptException if that is not so in time, or if the connection has ended
   */
  public long sendUntilFull(long most) {
    return sendUntilFull(new byte[1], most);
  }

  /**
   * Sends the same bytes again and again without reading, until the kernel takes no more.
   *
   * @param again what is repeated, for instance a request
   * @param most where to stop if the other end does read
   * @return how many bytes the kernel took; the last repetition may be cut
   * @throws ScriptException as {@link #sendUntilFull(long)} does
   * @throws IllegalArgumentException if there is nothing to repeat, or more than 64 KiB
   */
  public long sendUntilFull(byte[] again, long most) {
    if (again.length < 1 || again.length > Verbs.PIECE) {
      throw new IllegalArgumentException(
          "what is repeated must be 1 to %d bytes long: %d".formatted(Verbs.PIECE, again.length));
    }
    return verbs.sendUntilFull(again.clone(), most);
  }

  /**
   * Sends the next request of a conversation.
   *
   * @param conversation says what
   * @return this connection
   * @throws ScriptException as {@link #send(byte[])} does
   */
  public ScriptedConnection sendRequest(Conversation conversation) {
    return send(Talk.request(conversation));
  }

  /**
   * Reads until the conversation's request is answered.
   *
   * @param conversation judges what comes
   * @return this connection
   * @throws ScriptException if the reply is wrong, not there in time, or cut by the connection's
   *     end
   */
  public ScriptedConnection readReply(Conversation conversation) {
    Talk.readReply(this, conversation);
    return this;
  }

  /**
   * Reads a number of bytes.
   *
   * @param bytes how many
   * @return as many
   * @throws ScriptException if fewer come in time, or before the connection ends
   */
  public byte[] read(int bytes) {
    return verbs.read(bytes);
  }

  /**
   * Reads text up to some words, and nothing behind them.
   *
   * @param words the end, for instance an empty line
   * @return the text with the words, of which each byte is a character
   * @throws ScriptException if they do not come in time, or before the connection ends
   */
  public String readUntil(String words) {
    return verbs.readUntil(words);
  }

  /**
   * Reads until the other end has ended its output.
   *
   * @return all that came
   * @throws ScriptException if it has not in time, or has reset the connection
   */
  public byte[] readToEnd() {
    return verbs.readToEnd();
  }

  /**
   * Reads and drops what comes, until the connection ends.
   *
   * @return how it ended for this end; {@code OPEN} where it has not in time
   */
  public Outcome awaitEnd() {
    return verbs.awaitEnd();
  }

  /**
   * Reads a number of bytes, a few at a time.
   *
   * @param bytes how many
   * @param atOnce how many in one go, at most
   * @param pause how long it reads nothing in between; it does not count for the limit
   * @return as many as asked for
   * @throws ScriptException as {@link #read} does, of each go
   */
  public byte[] readSlowly(int bytes, int atOnce, Duration pause) {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    while (into.hasRemaining()) {
      if (into.position() > 0) {
        patience.pause(pause.toNanos());
      }
      into.put(read(Math.min(atOnce, into.remaining())));
    }
    return into.array();
  }

  /**
   * Leaves what comes unread, and waits until enough of it is there.
   *
   * @param bytes how many at least; the end of the other's output counts as one
   * @return how many are in the socket's receive queue
   * @throws ScriptException if it is not so in time
   * @throws IllegalStateException of a unix socket, whose queue is not known
   */
  public long awaitUnread(long bytes) {
    return verbs.awaitUnread(bytes);
  }

  /**
   * Leaves what comes unread, and waits until the other end has more to send than there is room
   * for: its window is closed, and its kernel keeps the rest.
   *
   * @return the other end's socket then
   * @throws ScriptException if it is not so in time, as where all that it says finds room, or where
   *     it is not in the calling thread's network
   * @throws IllegalStateException of a unix socket, and where sock_diag does not answer
   */
  public TcpSocket awaitStalled() {
    return verbs.awaitStalled();
  }

  /**
   * Ends the output of this end, which sends a FIN, and can still read.
   *
   * @return this connection
   * @throws ScriptException if the connection has ended
   */
  public ScriptedConnection halfClose() {
    verbs.halfClose();
    return this;
  }

  /**
   * Closes this end with a linger time of 0, which sends a reset instead of a FIN. Does nothing
   * where it is closed.
   *
   * @throws IllegalStateException of a unix socket, which has no such reset
   */
  public void reset() {
    verbs.reset();
  }

  /**
   * Closes this end as a program does: with a FIN, or, where something that came is unread, with a
   * reset. Does nothing where it is closed.
   */
  @Override
  public void close() {
    verbs.close();
  }

  /**
   * Tells what became of the connection, as far as the verbs so far have seen.
   *
   * @return {@code OPEN} until a verb notices something else
   */
  public Outcome outcome() {
    return wire.outcome();
  }

  /**
   * Tells what went through this end.
   *
   * @return bytes, segments where the kernel tells them, and the outcome
   */
  public ScriptAccount account() {
    return ScriptAccount.of(List.of(this));
  }

  /**
   * Tells the socket of this end, as long as it is in the tables of the calling thread's network.
   *
   * @return the socket; empty where it is closed or was reset, and of a unix socket
   */
  public Optional<TcpSocket> socket() {
    return wire.socket();
  }

  /**
   * Tells the socket of the other end.
   *
   * @return the socket; empty where it is gone, not in the calling thread's network, or of unix
   */
  public Optional<TcpSocket> otherSocket() {
    return wire.otherSocket();
  }

  long sent() {
    return wire.sent();
  }

  long received() {
    return wire.received();
  }

  OptionalLong tcpInfo(String name) {
    SocketDetail info = wire.tcpInfo();
    return info == null ? OptionalLong.empty() : info.tcpInfo(name);
  }

  /** Reads what is there, at least a byte; {@link Wire#ENDED} where nothing comes any more. */
  int readSome(ByteBuffer into) {
    return verbs.readSome(into);
  }

  /** For messages. */
  @Override
  public String toString() {
    return verbs.toString();
  }
}

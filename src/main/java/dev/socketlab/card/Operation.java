package dev.socketlab.card;

import dev.socketlab.card.internal.Replies;
import dev.socketlab.load.Conversation;
import dev.socketlab.load.ViolationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * One request to a server, and how its reply is known to be whole: what a {@link SocketCard} asks
 * of the server again and again. It must leave the server as it was.
 *
 * {@snippet :
 * Operation ping = Operation.redis("PING");
 * Operation page = Operation.http("GET", "/health");
 * Operation own =
 *     Operation.exchange(
 *         "status\n".getBytes(StandardCharsets.UTF_8), "ok\n".getBytes(StandardCharsets.UTF_8));
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
public final class Operation {

  private final String name;
  private final byte[] request;
  private final Reply reply;

  private Operation(String name, byte[] request, Reply reply) {
    this.name = name;
    this.request = request.clone();
    this.reply = reply;
    if (request.length == 0) {
      throw new IllegalArgumentException("the request of \"" + name + "\" is empty");
    }
  }

  /** How the end of a reply is found. */
  @FunctionalInterface
  public interface Reply {
    /** What {@link #length} returns while the reply is not whole. */
    int NOT_WHOLE = -1;

    /**
     * Finds the end of the first reply.
     *
     * @param bytes what has arrived on the connection and belongs to no earlier reply
     * @return how many of them are the first reply, or {@link #NOT_WHOLE}
     * @throws ViolationException if a server that works would not say that
     */
    int length(byte[] bytes) throws ViolationException;
  }

  /**
   * A request of HTTP/1.1 without a body, on a connection that stays open. Its reply must have a
   * status of 2xx or 3xx, and say where it ends (Content-Length or chunks).
   *
   * @param method for instance {@code GET}
   * @param path for instance {@code /health}
   * @return the operation
   * @throws IllegalArgumentException if one of them has a character that ends it
   */
  public static Operation http(String method, String path) {
    if (!method.matches("[A-Z]+") || !path.matches("/[!-~]*")) {
      throw new IllegalArgumentException(
          "\"%s %s\" is no request of HTTP: a method in capitals, and a path that begins with / and"
                  .formatted(method, path)
              + " has no blank");
    }
    return new Operation(
        method + " " + path,
        ascii(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n"),
        Replies.http(!method.equals("HEAD")));
  }

  /**
   * A command of the redis protocol (RESP2); a reply that is an error is a violation.
   *
   * @param words for instance {@code PING}, or {@code GET} and {@code key}
   * @return the operation
   */
  public static Operation redis(String... words) {
    StringBuilder request = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      request
          .append('$')
          .append(word.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n")
          .append(word)
          .append("\r\n");
    }
    return new Operation(
        String.join(" ", words),
        request.toString().getBytes(StandardCharsets.UTF_8),
        Replies.redis());
  }

  /**
   * A command of memcached's text protocol.
   *
   * @param command for instance {@code get key} or {@code version}
   * @return the operation
   */
  public static Operation memcached(String command) {
    return new Operation(command, ascii(command + "\r\n"), Replies.memcached(command));
  }

  /**
   * A line that is answered with a line.
   *
   * @param line without its end
   * @return the operation
   */
  public static Operation line(String line) {
    return new Operation(line, (line + "\n").getBytes(StandardCharsets.UTF_8), Replies.until("\n"));
  }

  /**
   * Bytes that are answered with the same bytes each time.
   *
   * @param request what is sent
   * @param reply what must come
   * @return the operation
   */
  public static Operation exchange(byte[] request, byte[] reply) {
    return new Operation(
        "%d bytes, answered with %d".formatted(request.length, reply.length),
        request,
        Replies.exactly(reply));
  }

  /**
   * An operation of a protocol of one's own.
   *
   * @param name what reports call it
   * @param request what is sent
   * @param reply finds the end of the reply
   * @return the operation
   */
  public static Operation of(String name, byte[] request, Reply reply) {
    return new Operation(name, request, reply);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** {@return what reports call it} */
  public String name() {
    return name;
  }

  /** {@return the bytes that are sent} */
  public byte[] request() {
    return request.clone();
  }

  /**
   * {@return a conversation of this one operation for each session, for a load or a script}
   *
   * @see dev.socketlab.script.ScriptedConnection#readReply
   */
  public Conversation.Source conversations() {
    return _ -> new Talk();
  }

  /** For messages. */
  @Override
  public String toString() {
    return name;
  }

  /** The client's side of it. */
  private final class Talk implements Conversation {

    @Override
    public void writeRequest(ByteBuffer out) {
      out.put(request);
    }

    @Override
    public boolean readReplies(ByteBuffer in) throws ViolationException {
      byte[] arrived = new byte[in.remaining()];
      in.duplicate().get(arrived);
      int length = reply.length(arrived);
      if (length == Reply.NOT_WHOLE) {
        return false;
      }
      in.position(in.position() + length);
      return true;
    }
  }
}

package dev.socketlab.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.socketlab.load.Conversation;
import dev.socketlab.load.ViolationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationTest {

  /** The reply is whole at its last byte, and not before. */
  private static void assertWhole(Operation operation, String reply) throws ViolationException {
    byte[] bytes = reply.getBytes(StandardCharsets.ISO_8859_1);
    for (int length = 0; length <= bytes.length; length++) {
      Conversation conversation = operation.conversations().open(0);
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
      assertThat(conversation.readReplies(in))
          .as("%d bytes", length)
          .isEqualTo(length == bytes.length);
      if (length == bytes.length) {
        assertThat(in.hasRemaining()).isFalse();
      }
    }
  }

  private static void assertViolation(Operation operation, String reply, String message) {
    assertThatExceptionOfType(ViolationException.class)
        .isThrownBy(() ->
            operation
                .conversations()
                .open(0)
                .readReplies(ByteBuffer.wrap(reply.getBytes(StandardCharsets.ISO_8859_1))))
        .withMessageContaining(message);
  }

  @Test
  void httpEndsAsItsHeadersSay() throws ViolationException {
    Operation get = Operation.http("GET", "/a?b=c");
    assertThat(new String(get.request(), StandardCharsets.US_ASCII))
        .isEqualTo("GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n");
    assertWhole(get, "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc");
    assertWhole(get, "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 0\r\n\r\n");
    assertWhole(get, "HTTP/1.1 204 No Content\r\n\r\n");
    assertWhole(
        get,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n");
    assertWhole(
        get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nT: v\r\n\r\n");
    assertWhole(Operation.http("HEAD", "/"), "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
  }

  @Test
  void httpThatFailsOrHasNoEndIsAViolation() {
    Operation get = Operation.http("GET", "/");
    assertViolation(get, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404 Not Found");
    assertViolation(get, "SSH-2.0-OpenSSH\r\n\r\n", "SSH-2.0-OpenSSH");
    assertViolation(get, "HTTP/1.1 200 OK\r\n\r\nabc", "neither Content-Length nor chunks");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "/a b", "/\r\n"})
  void aPathThatBreaksTheRequestIsRefused(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operation.http("GET", path))
        .withMessageContaining("is no request of HTTP");
  }

  @Test
  void redisEndsAsItsTypesSay() throws ViolationException {
    Operation get = Operation.redis("GET", "ä");
    assertThat(new String(get.request(), StandardCharsets.UTF_8))
        .isEqualTo("*2\r\n$3\r\nGET\r\n$2\r\nä\r\n");
    assertWhole(get, "+PONG\r\n");
    assertWhole(get, ":17\r\n");
    assertWhole(get, "$-1\r\n");
    assertWhole(get, "$5\r\nab\r\nc\r\n");
    assertWhole(get, "*3\r\n$1\r\na\r\n*1\r\n:2\r\n$-1\r\n");
    assertWhole(get, "*0\r\n");
    assertViolation(get, "-ERR unknown\r\n", "redis says: -ERR unknown");
    assertViolation(get, "HTTP/1.1 400\r\n", "no reply of redis begins so");
  }

  @Test
  void memcachedEndsWithALineOrEnd() throws ViolationException {
    assertWhole(Operation.memcached("version"), "VERSION 1.6.18\r\n");
    assertWhole(Operation.memcached("get key"), "VALUE key 0 2\r\nab\r\nEND\r\n");
    assertViolation(Operation.memcached("gte"), "ERROR\r\n", "memcached says: ERROR");
  }

  @Test
  void aLineAndBytes() throws ViolationException {
    assertWhole(Operation.line("ping"), "pong\n");
    Operation bytes = Operation.exchange(new byte[] {1}, new byte[] {'a', 'b'});
    assertWhole(bytes, "ab");
    assertViolation(bytes, "ac", "byte 1 of the reply is not what was expected: ac");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Operation.exchange(new byte[0], new byte[1]))
        .withMessageContaining("is empty");
  }
}

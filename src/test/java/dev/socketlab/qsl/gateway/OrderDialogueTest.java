package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.protocol.FrameEncoder;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrderDialogueTest {
  private static ByteBuffer encoded(Consumer<ByteBuffer> replies) {
    ByteBuffer bytes = ByteBuffer.allocate(1024);
    replies.accept(bytes);
    return bytes.flip();
  }

  /** Have one round trip with a session; return its replies. */
  private static byte[] roundTrip(OrderDialogue dialogue, SessionUnderTest gateway)
      throws ProtocolException {
    ByteBuffer request = encoded(dialogue::writeRequest);
    byte[] bytes = new byte[request.remaining()];
    request.get(bytes);
    int sentBefore = gateway.sent().length;
    byte[] replies = gateway.receive(bytes).sent();
    ByteBuffer in = ByteBuffer.wrap(replies, sentBefore, replies.length - sentBefore);
    assertThat(dialogue.readReplies(in)).isTrue();
    assertThat(in.hasRemaining()).isFalse();
    return replies;
  }

  @Test
  void ownOrdersTradeWithEachOther() throws ProtocolException {
    SessionUnderTest gateway = new SessionUnderTest(new Exchange());
    OrderDialogue dialogue = OrderDialogue.ofOwnOrders(1);

    roundTrip(dialogue, gateway);
    byte[] replies = roundTrip(dialogue, gateway);

    assertThat(ReplyText.of(replies))
        .containsExactly(
            "Ack order=1 seq=1",
            "HeartbeatAck token=42",
            "Ack order=2 seq=2",
            "Fill taker=2 maker=1 price=100 quantity=5 seq=3",
            "HeartbeatAck token=42");
  }

  @Test
  void theSameOrderIsADuplicateTheSecondTime() throws ProtocolException {
    SessionUnderTest gateway = new SessionUnderTest(new Exchange());
    roundTrip(OrderDialogue.ofTheSameOrder(), gateway);

    assertThat(ReplyText.of(roundTrip(OrderDialogue.ofTheSameOrder(), gateway)))
        .contains("Reject order=1 reason=DuplicateOrderId");
  }

  @Test
  void anIncompleteReplyWaitsForItsRest() throws ProtocolException {
    OrderDialogue dialogue = OrderDialogue.ofTheSameOrder();
    encoded(dialogue::writeRequest);
    ByteBuffer replies =
        encoded(out -> {
          FrameEncoder.ack(out, 0, 1, 9);
          FrameEncoder.heartbeatAck(out, 0, 42);
        });

    assertThat(dialogue.readReplies(replies.limit(40))).isFalse();
    assertThat(replies.position()).isEqualTo(32);
    assertThat(dialogue.readReplies(replies.limit(56))).isTrue();
  }

  static Stream<Arguments> violations() {
    return Stream.of(
        violation("another order", out -> FrameEncoder.ack(out, 0, 2, 1), "Ack order=2"),
        violation("no sequence", out -> FrameEncoder.ack(out, 0, 1, 0), "seq=0"),
        violation("no ack", out -> FrameEncoder.heartbeatAck(out, 0, 42), "HeartbeatAck token=42"),
        violation("wrong token", acked(out -> FrameEncoder.heartbeatAck(out, 0, 7)), "token=7"),
        violation("ack twice", acked(out -> FrameEncoder.ack(out, 0, 1, 2)), "Ack order=1 seq=2"),
        violation(
            "other reason",
            out -> FrameEncoder.reject(out, 0, 1, RejectReason.INVALID_PRICE),
            "reason=INVALID_PRICE"),
        violation(
            "fill after a reject",
            out -> {
              FrameEncoder.reject(out, 0, 1, RejectReason.DUPLICATE_ORDER_ID);
              FrameEncoder.fill(out, 0, 1, 2, 100, 5, 2);
            },
            "expected=HEARTBEAT_ACK"),
        violation("fill first", out -> FrameEncoder.fill(out, 0, 1, 2, 100, 5, 2), "Fill"),
        violation("other taker", acked(out -> FrameEncoder.fill(out, 0, 3, 2, 100, 5, 2)), "=3"),
        violation("own maker", acked(out -> FrameEncoder.fill(out, 0, 1, 1, 100, 5, 2)), "maker=1"),
        violation("worse price", acked(out -> FrameEncoder.fill(out, 0, 1, 2, 99, 5, 2)), "=99"),
        violation("no quantity", acked(out -> FrameEncoder.fill(out, 0, 1, 2, 100, 0, 2)), "=0"),
        violation("too much", acked(out -> FrameEncoder.fill(out, 0, 1, 2, 100, 6, 2)), "=6"),
        violation(
            "sequence gap", acked(out -> FrameEncoder.fill(out, 0, 1, 2, 100, 5, 3)), "seq=3"),
        violation("a request", out -> FrameEncoder.heartbeat(out, 0, 42), "HEARTBEAT"),
        violation("zeros", out -> out.put(new byte[16]), "malformed reply"));
  }

  private static Arguments violation(String name, Consumer<ByteBuffer> replies, String message) {
    return Arguments.of(name, replies, message);
  }

  private static Consumer<ByteBuffer> acked(Consumer<ByteBuffer> next) {
    return out -> {
      FrameEncoder.ack(out, 0, 1, 1);
      next.accept(out);
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("violations")
  void whatIsNotAllowedIsNamed(String name, Consumer<ByteBuffer> replies, String message) {
    OrderDialogue dialogue = OrderDialogue.ofTheSameOrder();
    encoded(dialogue::writeRequest);

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> dialogue.readReplies(encoded(replies)))
        .withMessageContaining(message);
  }
}

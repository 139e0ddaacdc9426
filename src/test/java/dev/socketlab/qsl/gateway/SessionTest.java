package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import dev.socketlab.qsl.protocol.FrameEncoder;
import dev.socketlab.qsl.protocol.MessageType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  private final Exchange exchange = new Exchange();
  private final SessionUnderTest peer = new SessionUnderTest(exchange);
  private final Session session = peer.session;

  @Test
  void theGoldenTranscriptIsRepeatedByteForByte() {
    for (GoldenTranscript.Recorded recorded : GoldenTranscript.connections()) {
      SessionUnderTest connection = new SessionUnderTest(exchange).receive(recorded.sent());

      assertThat(connection.sent()).as(recorded.name()).isEqualTo(recorded.received());
    }
  }

  @Test
  void anOrderIsAcknowledgedAndItsTradesFollow() {
    peer.receive(new Requests().sell(1, 100, 5).sell(2, 101, 5).buy(3, 101, 7).bytes());

    assertThat(peer.replies())
        .containsExactly(
            "Ack order=1 seq=1",
            "Ack order=2 seq=2",
            "Ack order=3 seq=3",
            "Fill taker=3 maker=1 price=100 quantity=5 seq=4",
            "Fill taker=3 maker=2 price=101 quantity=2 seq=5");
  }

  @Test
  void aMarketOrderThatFindsNobodyIsAcknowledgedAndGone() {
    peer.receive(new Requests().marketBuy(1, 5).cancel(1).bytes());

    assertThat(peer.replies())
        .containsExactly("Ack order=1 seq=1", "Reject order=1 reason=UnknownOrder");
  }

  @Test
  void aCancelIsAcknowledgedOnce() {
    peer.receive(new Requests().buy(1, 100, 5).cancel(1).cancel(1).bytes());

    assertThat(peer.replies())
        .containsExactly(
            "Ack order=1 seq=1", "Ack order=1 seq=2", "Reject order=1 reason=UnknownOrder");
  }

  @Test
  void aRejectLeavesTheSessionOpen() {
    peer.receive(new Requests().buy(1, 0, 5).buy(2, 100, 5).bytes());

    assertThat(peer.replies())
        .containsExactly("Reject order=1 reason=InvalidPrice", "Ack order=2 seq=1");
    assertThat(session.wantsInput()).isTrue();
  }

  @Test
  void tokensAndIdsAreUnsigned() {
    peer.receive(new Requests().buy(-1, 100, 5).heartbeat(-1).bytes());

    assertThat(peer.replies())
        .containsExactly(
            "Ack order=18446744073709551615 seq=1", "HeartbeatAck token=18446744073709551615");
  }

  @Test
  void sessionsShareOneBook() {
    new SessionUnderTest(exchange).receive(new Requests().sell(1, 100, 5).bytes());
    peer.receive(new Requests().buy(2, 100, 5).bytes());

    assertThat(peer.replies())
        .containsExactly("Ack order=2 seq=2", "Fill taker=2 maker=1 price=100 quantity=5 seq=3");
  }

  @Test
  void storageThatIsExhaustedRejects() {
    SessionUnderTest small = new SessionUnderTest(new Exchange(1));
    small.receive(new Requests().buy(1, 100, 5).buy(2, 100, 5).bytes());

    assertThat(small.replies())
        .containsExactly("Ack order=1 seq=1", "Reject order=2 reason=StorageExhausted");
  }

  @Test
  void nothingAfterABadFrameIsActedOn() {
    byte[] bad = new Requests().heartbeat(2).bytes();
    bad[2] = 7;
    peer.receive(new Requests().heartbeat(1).raw(bad).buy(3, 100, 5).bytes());

    assertThat(session.state()).isEqualTo(Session.State.ENDED);
    assertThat(session.wantsInput()).isFalse();
    peer.receive(new Requests().buy(4, 100, 5).bytes());
    assertThat(peer.replies()).containsExactly("HeartbeatAck token=1");
    assertThat(exchange.cancel(3, 0, peer.session)).isEqualTo(RejectReason.UNKNOWN_ORDER);
    assertThat(exchange.cancel(4, 0, peer.session)).isEqualTo(RejectReason.UNKNOWN_ORDER);
  }

  @Test
  void aBadHeaderEndsTheSessionBeforeItsBodyHasCome() {
    byte[] bad = new Requests().heartbeat(2).bytes();
    bad[7] = 9;
    peer.receive(Arrays.copyOf(bad, 15));
    assertThat(session.state()).isEqualTo(Session.State.OPEN);

    peer.receive(new byte[] {0});

    assertThat(session.state()).isEqualTo(Session.State.ENDED);
  }

  @Test
  void anEndedSessionDoesNotActOnTheRestOfAFragmentedFrame() {
    byte[] bad = new Requests().heartbeat(2).bytes();
    bad[1] = 99;
    peer.receive(Arrays.copyOf(bad, 10)).receive(Arrays.copyOfRange(bad, 10, bad.length));
    peer.receive(new Requests().heartbeat(3).bytes());

    assertThat(session.state()).isEqualTo(Session.State.ENDED);
    assertThat(peer.replies()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageType.class,
      mode = Mode.EXCLUDE,
      names = {"NEW_ORDER", "CANCEL_ORDER", "HEARTBEAT"})
  void aMessageThatAClientMustNotSendEndsTheSession(MessageType type) {
    ByteBuffer frame = ByteBuffer.allocate(type.frameBytes());
    frame.putShort((short) type.code()).putShort((short) 1).putInt(type.bodyBytes());

    peer.receive(new Requests().heartbeat(1).raw(frame.array()).heartbeat(2).bytes());

    assertThat(session.state()).isEqualTo(Session.State.ENDED);
    assertThat(peer.replies()).containsExactly("HeartbeatAck token=1");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 25, 26})
  void aCodeWithoutMeaningEndsTheSession(int bodyOffset) {
    byte[] order = new Requests().buy(1, 100, 5).bytes();
    order[16 + bodyOffset] = 2;

    peer.receive(order);

    assertThat(session.state()).isEqualTo(Session.State.ENDED);
    assertThat(session.hasReplies()).isFalse();
  }

  @Test
  void anEndInTheMiddleOfAFrameLeavesNothingToSend() {
    peer.receive(Arrays.copyOf(new Requests().buy(1, 100, 5).bytes(), 42));

    assertThat(session.hasReplies()).isFalse();
    assertThat(session.holdsInput()).isFalse();
  }

  @Test
  void atOneMebibytePendingInputWaitsUntilAllIsSent() {
    int ackBytes = MessageType.HEARTBEAT_ACK.frameBytes();
    int enough = (Outbox.HIGH_WATER_BYTES + ackBytes - 1) / ackBytes;
    peer.receive(new Requests().heartbeats(enough - 1).bytes());
    assertThat(session.wantsInput()).isTrue();

    peer.receive(new Requests().heartbeat(-1).heartbeat(-2).buy(1, 100, 5).bytes());

    assertThat(session.wantsInput()).isFalse();
    assertThat(session.holdsInput()).isTrue();
    peer.sendAtMost(enough * ackBytes - 1);
    assertThat(session.wantsInput()).as("one byte is left").isFalse();
    assertThat(exchange.cancel(1, 0, new SessionUnderTest(exchange).session))
        .as("the order has not been acted on")
        .isEqualTo(RejectReason.UNKNOWN_ORDER);
    peer.sendAtMost(1);
    assertThat(session.wantsInput()).isTrue();
    assertThat(peer.replies())
        .hasSize(enough + 2)
        .endsWith(
            "HeartbeatAck token=18446744073709551615",
            "HeartbeatAck token=18446744073709551614",
            "Ack order=1 seq=1");
  }

  @Test
  void whatComesWhileInputWaitsIsNeitherLostNorReordered() {
    byte[] many = new Requests().heartbeats(60_000).bytes();
    peer.receive(Arrays.copyOf(many, many.length - 7));
    assertThat(session.wantsInput()).isFalse();

    peer.receive(Arrays.copyOfRange(many, many.length - 7, many.length));
    peer.receive(new Requests().heartbeat(-1).bytes());

    assertThat(peer.replies())
        .hasSize(60_001)
        .endsWith("HeartbeatAck token=59999", "HeartbeatAck token=18446744073709551615");
  }

  @Test
  void repliesThatFitExactlyAreSent() {
    int fills = (Outbox.LIMIT_BYTES - MessageType.ACK.frameBytes()) / MessageType.FILL.frameBytes();
    rest(fills);

    peer.receive(new Requests().marketBuy(-1, fills).bytes());

    assertThat(session.state()).isEqualTo(Session.State.OPEN);
    assertThat(session.wantsInput()).isFalse();
    assertThat(peer.replies()).hasSize(fills + 1);
    assertThat(session.wantsInput()).isTrue();
  }

  @Test
  void aReplyThatDoesNotFitDropsThePeerAndLeavesTheEngineAlone() {
    int fills = (Outbox.LIMIT_BYTES - MessageType.ACK.frameBytes()) / MessageType.FILL.frameBytes();
    rest(fills + 1);

    peer.receive(new Requests().heartbeat(1).marketBuy(-1, fills + 1).heartbeat(2).bytes());

    assertThat(session.state()).isEqualTo(Session.State.DROPPED);
    assertThat(session.wantsInput()).isFalse();
    assertThat(peer.replies()).containsExactly("HeartbeatAck token=1");
    SessionUnderTest other = new SessionUnderTest(exchange);
    other.receive(new Requests().marketBuy(-2, 1).bytes());
    assertThat(other.replies())
        .as("the first maker is untouched, and no sequence number was taken")
        .containsExactly(
            "Ack order=18446744073709551614 seq=" + (fills + 2),
            "Fill taker=18446744073709551614 maker=1 price=100 quantity=1 seq=" + (fills + 3));
  }

  @Test
  void whatIsPendingCountsAgainstTheLimit() {
    int fills = (Outbox.LIMIT_BYTES - MessageType.ACK.frameBytes()) / MessageType.FILL.frameBytes();
    rest(fills);

    peer.receive(new Requests().heartbeats(10).marketBuy(-1, fills).bytes());

    assertThat(session.state()).isEqualTo(Session.State.DROPPED);
  }

  @Test
  void anOrderThatIsRefusedAnywayDropsNobody() {
    rest(170_000);

    peer.receive(new Requests().marketBuy(-1, 1_000_001).bytes());

    assertThat(peer.replies())
        .containsExactly("Reject order=18446744073709551615 reason=MaxQuantityExceeded");
  }

  private void rest(int sellers) {
    SessionUnderTest maker = new SessionUnderTest(exchange);
    maker.receive(new Requests().sellers(1, sellers).bytes());
    assertThat(maker.replies()).hasSize(sellers);
  }

  @Test
  void quantityAndPriceAreTakenAsTheyAre() {
    ByteBuffer order = ByteBuffer.allocate(MessageType.NEW_ORDER.frameBytes());
    FrameEncoder.newOrder(
        order, 77, 1, 1, 1_000, 1_000_000, Side.SELL, OrderType.LIMIT, TimeInForce.IOC);
    peer.receive(order.array());

    assertThat(peer.replies()).containsExactly("Ack order=1 seq=1");
  }
}

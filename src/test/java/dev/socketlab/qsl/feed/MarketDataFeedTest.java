package dev.socketlab.qsl.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.protocol.DecodeResult;
import dev.socketlab.qsl.protocol.FrameDecoder;
import dev.socketlab.qsl.protocol.MessageHandler;
import dev.socketlab.qsl.protocol.MessageType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is published, sent or not; the flow's seed is 42. */
class MarketDataFeedTest {
  private final List<Long> offered = new ArrayList<>();
  private boolean reachable = true;

  private boolean offer(ByteBuffer datagram) {
    MessageHandler handler =
        new MessageHandler() {
          @Override
          public void onOther(MessageType type, long sequence) {
            offered.add(sequence);
          }
        };
    assertThat(FrameDecoder.decodeDatagram(datagram, handler)).isEqualTo(DecodeResult.DECODED);
    return reachable;
  }

  private static void publish(MarketDataFeed feed, int orders) {
    SyntheticFlow flow = new SyntheticFlow(42, 3, feed);
    for (int i = 0; i < orders; i++) {
      feed.publishTopOfBook(flow.engine(), flow.next().symbol());
    }
  }

  @Test
  void sequencesRiseByOne() {
    publish(new MarketDataFeed(3, Long.MAX_VALUE, this::offer), 200);

    for (int i = 0; i < offered.size(); i++) {
      assertThat(offered.get(i)).isEqualTo(i + 1);
    }
  }

  @Test
  void theLimitHoldsEvenAmidTheEventsOfAnOrder() {
    for (int limit = 0; limit < 162; limit++) {
      offered.clear();
      MarketDataFeed feed = new MarketDataFeed(3, limit, this::offer);
      publish(feed, 200);

      assertThat(offered).hasSize(limit);
      assertThat(feed.isComplete()).isTrue();
    }
  }

  @Test
  void whatCannotBeSentUsesUpItsSequenceAndIsNotCountedAsSent() {
    reachable = false;
    MarketDataFeed feed = new MarketDataFeed(3, Long.MAX_VALUE, this::offer);
    publish(feed, 200);

    assertThat(feed.lastSequence()).isEqualTo(162);
    assertThat(feed.sentTrades() + feed.sentTopsOfBook()).isZero();
  }
}

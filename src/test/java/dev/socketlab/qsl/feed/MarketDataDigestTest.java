package dev.socketlab.qsl.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The feed against digests recorded from the C++ implementation; the seed is 42 throughout. */
class MarketDataDigestTest {
  private static final int SYMBOLS = 3;

  private final List<byte[]> datagrams = new ArrayList<>();
  private final MarketDataFeed feed = new MarketDataFeed(SYMBOLS, Long.MAX_VALUE, this::keep);

  private boolean keep(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.get(bytes);
    return datagrams.add(bytes);
  }

  private void publish(int orders) {
    SyntheticFlow flow = new SyntheticFlow(42, SYMBOLS, feed);
    for (int i = 0; i < orders; i++) {
      feed.publishTopOfBook(flow.engine(), flow.next().symbol());
    }
  }

  private String digest() throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    datagrams.forEach(sha::update);
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void twentyThousandOrdersGiveTheRecordedDatagrams() throws Exception {
    publish(20_000);

    assertThat(datagrams).hasSize(14_820);
    assertThat(feed.sentTopsOfBook()).isEqualTo(5_738);
    assertThat(feed.sentTrades()).isEqualTo(9_082);
    assertThat(digest())
        .isEqualTo("c5496a6abe56e8b9dfc2e647d7742b5bcb7b215c950fe6126c3a86620116fd85");
  }

  @Test
  void twoHundredOrdersGiveTheRecordedDatagrams() throws Exception {
    publish(200);

    assertThat(datagrams).hasSize(162);
    assertThat(digest())
        .isEqualTo("b345b64ac0ebd8de14c6b94b9d579dfd3afa130f2dbce8a51429e7c1401aa04d");
  }

  @Test
  void theFirstDatagramsAreTheRecordedOnes() {
    publish(200);

    assertThat(datagrams.subList(0, 3))
        .extracting(HexFormat.of()::formatHex)
        .containsExactly(
            "0004000100000016000000000000000100000000010000000000000063000000000000000000",
            "000400010000001600000000000000020000000100000000000000000001000000000000006b",
            "000400010000001600000000000000030000000100000000000000000001000000000000006a");
  }
}

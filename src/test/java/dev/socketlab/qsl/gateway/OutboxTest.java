package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  private void append(int bytes) {
    assertThat(outbox.makeRoomFor(bytes)).isTrue();
    for (int i = 0; i < bytes; i++) {
      outbox.appending().put((byte) i);
    }
  }

  @Test
  void theLimitIsExact() {
    append(100);

    assertThat(outbox.makeRoomFor(Outbox.LIMIT_BYTES - 99)).isFalse();
    assertThat(outbox.makeRoomFor(Long.MAX_VALUE)).isFalse();
    assertThat(outbox.makeRoomFor(Outbox.LIMIT_BYTES - 100)).isTrue();
    assertThat(outbox.appending().remaining()).isGreaterThanOrEqualTo(Outbox.LIMIT_BYTES - 100);
  }

  @Test
  void aSliceIsBounded() {
    append(Outbox.SLICE_BYTES + 5);

    assertThat(outbox.sending().remaining()).isEqualTo(Outbox.SLICE_BYTES);
    outbox.sending().position(Outbox.SLICE_BYTES);
    assertThat(outbox.sending().remaining()).isEqualTo(5);
  }

  @Test
  void afterAPeakItIsSmallAgain() {
    append(Outbox.HIGH_WATER_BYTES);
    while (outbox.pendingBytes() > 0) {
      ByteBuffer sending = outbox.sending();
      sending.position(sending.limit());
    }
    outbox.recycle();

    assertThat(outbox.appending().capacity()).isEqualTo(512);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void bytesComeOutAsTheyWentIn(long seed) {
    Random random = new Random(seed);
    int written = 0;
    int read = 0;
    for (int step = 0; step < 20_000; step++) {
      int bytes = random.nextInt(step % 1_000 < 500 ? 300 : 50);
      assertThat(outbox.makeRoomFor(bytes)).isTrue();
      for (int i = 0; i < bytes; i++) {
        outbox.appending().put((byte) (written++ * 31));
      }
      ByteBuffer sending = outbox.sending();
      int taken = Math.min(sending.remaining(), random.nextInt(200));
      for (int i = 0; i < taken; i++) {
        assertThat(sending.get()).isEqualTo((byte) (read++ * 31));
      }
      assertThat(outbox.pendingBytes()).isEqualTo(written - read);
      if (outbox.pendingBytes() == 0) {
        outbox.recycle();
      }
    }
  }
}

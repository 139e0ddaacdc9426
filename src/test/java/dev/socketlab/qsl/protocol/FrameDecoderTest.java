package dev.socketlab.qsl.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final int FRAMES = 1_000;

  private final ReEncoder handler = new ReEncoder(FRAMES * Frame.LONGEST_FRAME_BYTES);

  private DecodeResult decode(byte[] bytes) {
    return FrameDecoder.decode(ByteBuffer.wrap(bytes), handler);
  }

  private DecodeResult decodeDatagram(byte[] bytes) {
    return FrameDecoder.decodeDatagram(ByteBuffer.wrap(bytes), handler);
  }

  private static byte[] frame(MessageType type) {
    return new RandomFrames(1).next(type);
  }

  private static byte[] with(byte[] frame, int offset, int value) {
    frame[offset] = (byte) value;
    return frame;
  }

  @ParameterizedTest
  @EnumSource
  void everyProperPrefixIsTruncatedAndConsumesNothing(MessageType type) {
    byte[] frame = frame(type);
    for (int length = 0; length < frame.length; length++) {
      ByteBuffer prefix = ByteBuffer.wrap(frame, 0, length);

      assertThat(FrameDecoder.decode(prefix, handler)).isEqualTo(DecodeResult.TRUNCATED);
      assertThat(prefix.position()).isZero();
      assertThat(decodeDatagram(Arrays.copyOf(frame, length))).isEqualTo(DecodeResult.TRUNCATED);
    }
    assertThat(handler.messages()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aDatagramEndsWithItsFrame(MessageType type) {
    byte[] frame = frame(type);

    assertThat(decodeDatagram(frame)).isEqualTo(DecodeResult.DECODED);
    assertThat(handler.bytes()).isEqualTo(frame);
    assertThat(decodeDatagram(Arrays.copyOf(frame, frame.length + 1)))
        .isEqualTo(DecodeResult.BODY_LENGTH_MISMATCH);
  }

  @Test
  void everyOtherVersionIsUnsupported() {
    assertThat(decode(with(frame(MessageType.ACK), 3, 0)))
        .isEqualTo(DecodeResult.UNSUPPORTED_VERSION);
    assertThat(decode(with(frame(MessageType.ACK), 2, 1)))
        .isEqualTo(DecodeResult.UNSUPPORTED_VERSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 255})
  void everyOtherTypeIsUnknown(int type) {
    assertThat(decode(with(frame(MessageType.ACK), 1, type))).isEqualTo(DecodeResult.UNKNOWN_TYPE);
    assertThat(decode(with(frame(MessageType.ACK), 0, 1))).isEqualTo(DecodeResult.UNKNOWN_TYPE);
  }

  @ParameterizedTest
  @CsvSource({
    "0x00001001, BODY_TOO_LARGE",
    "0x80000010, BODY_TOO_LARGE",
    "0xffffffff, BODY_TOO_LARGE",
    "0x00001000, BODY_LENGTH_MISMATCH",
    "0x0000000f, BODY_LENGTH_MISMATCH",
    "0x00000000, BODY_LENGTH_MISMATCH",
  })
  void bodyLengthIsCheckedAsUnsigned(String length, DecodeResult expected) {
    byte[] frame = frame(MessageType.ACK);
    ByteBuffer.wrap(frame).putInt(4, Long.decode(length).intValue());

    assertThat(decode(frame)).isEqualTo(expected);
  }

  @Test
  void aBadHeaderIsJudgedBeforeItsBodyArrives() {
    byte[] header = Arrays.copyOf(frame(MessageType.ACK), Frame.HEADER_BYTES);

    assertThat(decode(with(header, 7, 15))).isEqualTo(DecodeResult.BODY_LENGTH_MISMATCH);
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource({
    "NEW_ORDER, 40, 2",
    "NEW_ORDER, 40, -1",
    "NEW_ORDER, 41, 2",
    "NEW_ORDER, 42, 2",
    "MD_TOP_OF_BOOK, 20, 2",
    "MD_TOP_OF_BOOK, 29, 2",
    "MD_TOP_OF_BOOK, 29, -1",
    "REJECT, 24, 10",
    "REJECT, 24, -1",
  })
  void aCodeWithoutMeaningIsRefused(MessageType type, int offset, int value) {
    ByteBuffer in = ByteBuffer.wrap(with(frame(type), offset, value));

    assertThat(FrameDecoder.decode(in, handler)).isEqualTo(DecodeResult.INVALID_ENUM_VALUE);
    assertThat(in.position()).isZero();
    assertThat(handler.messages()).isZero();
  }

  @Test
  void messagesWithoutOverrideArriveAtOther() {
    List<MessageType> others = new ArrayList<>();
    for (MessageType type : MessageType.values()) {
      FrameDecoder.decode(ByteBuffer.wrap(frame(type)), (other, sequence) -> others.add(other));
    }

    assertThat(others).containsExactly(MessageType.values());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomFramesRoundTripInAnyFragmentation(long seed) {
    RandomFrames frames = new RandomFrames(seed);
    Random random = new Random(seed);
    ByteBuffer sent = ByteBuffer.allocate(FRAMES * Frame.LONGEST_FRAME_BYTES);
    for (int i = 0; i < FRAMES; i++) {
      sent.put(frames.next());
    }
    byte[] bytes = Arrays.copyOf(sent.array(), sent.position());

    ByteBuffer arrived = ByteBuffer.allocate(512);
    for (int at = 0; at < bytes.length; ) {
      int chunk = Math.min(random.nextInt(120), bytes.length - at);
      arrived.put(bytes, at, chunk).flip();
      at += chunk;
      while (FrameDecoder.decode(arrived, handler) == DecodeResult.DECODED) {
        assertThat(handler.messages()).isPositive();
      }
      arrived.compact();
    }

    assertThat(handler.messages()).isEqualTo(FRAMES);
    assertThat(handler.bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void damagedFramesAreRefusedWholeOrDecodedExactly(long seed) {
    RandomFrames frames = new RandomFrames(seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] frame = frames.next();
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
      }
      DecodedExactly.check(Arrays.copyOf(frame, random.nextInt(frame.length + 2)));
    }
  }
}

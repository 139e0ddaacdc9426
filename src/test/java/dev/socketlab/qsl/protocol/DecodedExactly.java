package dev.socketlab.qsl.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What holds for any bytes: a decoded frame encodes to the bytes it was decoded from; other bytes
 * are not consumed and reach no handler.
 */
final class DecodedExactly {
  private DecodedExactly() {}

  static void check(byte[] bytes) {
    ReEncoder handler = new ReEncoder(Frame.LONGEST_FRAME_BYTES);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    DecodeResult result = FrameDecoder.decode(in, handler);
    if (result == DecodeResult.DECODED) {
      assertThat(handler.messages()).isEqualTo(1);
      assertThat(handler.bytes()).isEqualTo(Arrays.copyOf(bytes, in.position()));
    } else {
      assertThat(handler.messages()).isZero();
      assertThat(in.position()).isZero();
    }

    handler.clear();
    DecodeResult asDatagram = FrameDecoder.decodeDatagram(ByteBuffer.wrap(bytes), handler);
    boolean complete = result == DecodeResult.DECODED || result == DecodeResult.INVALID_ENUM_VALUE;
    boolean goesOn =
        complete
            && bytes.length
                > Frame.HEADER_BYTES + ByteBuffer.wrap(bytes).getInt(Frame.BODY_LENGTH_OFFSET);
    assertThat(asDatagram).isEqualTo(goesOn ? DecodeResult.BODY_LENGTH_MISMATCH : result);
  }
}

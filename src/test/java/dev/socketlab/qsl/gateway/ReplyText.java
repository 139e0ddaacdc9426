package dev.socketlab.qsl.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.protocol.DecodeResult;
import dev.socketlab.qsl.protocol.FrameDecoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Replies as lines that tests compare. */
final class ReplyText {
  private ReplyText() {}

  /** Decode bytes that are whole frames, to the last one. */
  static List<String> of(byte[] replies) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ReplyPrinter printer = new ReplyPrinter(new PrintStream(text, true, UTF_8));
    ByteBuffer in = ByteBuffer.wrap(replies);
    while (in.hasRemaining()) {
      assertThat(FrameDecoder.decode(in, printer))
          .as("the frame at byte %d of %d", in.position(), in.limit())
          .isEqualTo(DecodeResult.DECODED);
    }
    return text.toString(UTF_8).lines().map(String::strip).toList();
  }
}

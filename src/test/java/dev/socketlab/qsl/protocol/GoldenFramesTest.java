package dev.socketlab.qsl.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codec against frames recorded from the C++ implementation, and one of each other type. */
class GoldenFramesTest {
  private static String hex(Consumer<ByteBuffer> encoder) {
    ByteBuffer out = ByteBuffer.allocate(Frame.LONGEST_FRAME_BYTES);
    encoder.accept(out);
    return HexFormat.of().formatHex(out.array(), 0, out.position());
  }

  @Test
  void newOrderIsEncodedAsRecorded() {
    assertThat(
            hex(out ->
                FrameEncoder.newOrder(
                    out, 3, 2, 0, 99, 7, Side.SELL, OrderType.LIMIT, TimeInForce.GTC)))
        .isEqualTo(
            "000100010000001b0000000000000003000000000000000200000000000000000000006300000007010000");
    assertThat(
            hex(out ->
                FrameEncoder.newOrder(
                    out, 0, 3, 0, 0, 1, Side.BUY, OrderType.MARKET, TimeInForce.IOC)))
        .isEqualTo(
            "000100010000001b0000000000000000000000000000000300000000000000000000000000000001000101");
  }

  @Test
  void cancelOrderIsEncodedFieldByField() {
    assertThat(hex(out -> FrameEncoder.cancelOrder(out, 9, 0x0102030405060708L, 0x0a0b0c0d)))
        .isEqualTo("000200010000000c000000000000000901020304050607080a0b0c0d");
  }

  @Test
  void mdTradeIsEncodedFieldByField() {
    assertThat(hex(out -> FrameEncoder.mdTrade(out, 9, 2, -2, 0xfffffffeL)))
        .isEqualTo("0003000100000010000000000000000900000002fffffffffffffffefffffffe");
  }

  @Test
  void mdTopOfBookIsEncodedAsRecorded() {
    assertThat(hex(out -> FrameEncoder.mdTopOfBook(out, 1, 0, true, 99, false, 0)))
        .isEqualTo("0004000100000016000000000000000100000000010000000000000063000000000000000000");
    assertThat(hex(out -> FrameEncoder.mdTopOfBook(out, 2, 1, false, 0, true, 107)))
        .isEqualTo("000400010000001600000000000000020000000100000000000000000001000000000000006b");
  }

  @Test
  void heartbeatsAreEncodedAsRecorded() {
    assertThat(hex(out -> FrameEncoder.heartbeat(out, 0, 42)))
        .isEqualTo("00050001000000080000000000000000000000000000002a");
    assertThat(hex(out -> FrameEncoder.heartbeatAck(out, 0, 42)))
        .isEqualTo("00060001000000080000000000000000000000000000002a");
  }

  @Test
  void ackIsEncodedAsRecorded() {
    assertThat(hex(out -> FrameEncoder.ack(out, 0, 1, 1)))
        .isEqualTo("0007000100000010000000000000000000000000000000010000000000000001");
  }

  @Test
  void rejectIsEncodedAsRecorded() {
    assertThat(hex(out -> FrameEncoder.reject(out, 0, 1, RejectReason.DUPLICATE_ORDER_ID)))
        .isEqualTo("00080001000000090000000000000000000000000000000107");
  }

  @Test
  void fillIsEncodedAsRecorded() {
    assertThat(hex(out -> FrameEncoder.fill(out, 0, 2, 1, 100, 5, 3)))
        .isEqualTo(
            "000900010000002400000000000000000000000000000002000000000000000100000000000000640000"
                + "00050000000000000003");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "client, DECODED",
    "dup, DECODED",
    "sell cross, DECODED",
    "market buy, DECODED",
    "unknown symbol, DECODED",
    "price0, DECODED",
    "qty0, DECODED",
    "bad side, INVALID_ENUM_VALUE",
    "unknown type then hb, UNKNOWN_TYPE",
    "bad version, UNSUPPORTED_VERSION",
    "too large, BODY_TOO_LARGE",
    "len mismatch, BODY_LENGTH_MISMATCH",
  })
  void recordedBytesDecodeUpToTheFirstBadFrame(String connection, DecodeResult last)
      throws IOException {
    String[] row = recorded(connection);
    ReEncoder handler = new ReEncoder(4 * Frame.LONGEST_FRAME_BYTES);

    ByteBuffer sent = ByteBuffer.wrap(HexFormat.of().parseHex(row[1]));
    DecodeResult result = DecodeResult.DECODED;
    while (result == DecodeResult.DECODED && sent.hasRemaining()) {
      result = FrameDecoder.decode(sent, handler);
    }
    ByteBuffer received = ByteBuffer.wrap(HexFormat.of().parseHex(row[2]));
    int firstReply = handler.bytes().length;
    while (received.hasRemaining()) {
      assertThat(FrameDecoder.decode(received, handler)).isEqualTo(DecodeResult.DECODED);
    }

    assertThat(result).isEqualTo(last);
    assertThat(HexFormat.of().formatHex(handler.bytes()))
        .isEqualTo(row[1].substring(0, 2 * firstReply) + row[2]);
  }

  private static String[] recorded(String connection) throws IOException {
    List<String> names = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    GoldenFramesTest.class.getResourceAsStream("gateway-transcript.tsv")),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] row = line.split("\t", -1);
        if (row[0].equals(connection)) {
          return row;
        }
        names.add(row[0]);
      }
    }
    throw new AssertionError("no such connection: name=" + connection + ", recorded=" + names);
  }
}

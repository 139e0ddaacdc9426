package dev.socketlab.qsl.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What the C++ implementation was sent and what it replied: connections to one gateway, in order.
 */
final class GoldenTranscript {
  /** One connection, in hexadecimal digits. */
  record Recorded(String name, String sentHex, String receivedHex) {
    byte[] sent() {
      return HexFormat.of().parseHex(sentHex);
    }

    byte[] received() {
      return HexFormat.of().parseHex(receivedHex);
    }
  }

  private GoldenTranscript() {}

  static List<Recorded> connections() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    GoldenTranscript.class.getResourceAsStream(
                        "/dev/socketlab/qsl/protocol/gateway-transcript.tsv")),
                UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(row -> new Recorded(row[0], row[1], row[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

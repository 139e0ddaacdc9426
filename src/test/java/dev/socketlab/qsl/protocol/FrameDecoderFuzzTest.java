package dev.socketlab.qsl.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Looks for bytes that are decoded to something else than they say. An ordinary build only replays
 * the recorded inputs; {@code JAZZER_FUZZ=1 mvn test -Dtest=FrameDecoderFuzzTest
 * -Djazzer.hooks=true} searches for more.
 */
class FrameDecoderFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void anyBytes(byte[] bytes) {
    DecodedExactly.check(bytes);
  }
}

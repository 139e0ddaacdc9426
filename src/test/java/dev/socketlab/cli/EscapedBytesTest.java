package dev.socketlab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedBytesTest {

  @Test
  void readsWhatIsTyped() {
    assertThat(EscapedBytes.of("--send", "get ä\\r\\n\\t\\\\\\0\\xFf."))
        .isEqualTo(bytes("get ä\r\n\t\\\0", new byte[] {(byte) 0xff, '.'}));
    assertThat(EscapedBytes.of("--send", "")).isEmpty();
  }

  private static byte[] bytes(String text, byte[] more) {
    byte[] first = text.getBytes(StandardCharsets.UTF_8);
    byte[] all = java.util.Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "a\\q", "\\x1", "\\xgg", "ok\\"})
  void refusesAnotherBackslash(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EscapedBytes.of("--send", text))
        .withMessage("--send = \"" + text + "\": a backslash goes before r, n, t, 0, \\ or xHH");
  }
}

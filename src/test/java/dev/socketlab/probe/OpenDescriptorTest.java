package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

class OpenDescriptorTest {

  @Test
  void closeOnExecIsABitOfTheFlags() {
    assertThat(flags("02000002")).isTrue();
    assertThat(flags("02504002")).isTrue();
    assertThat(flags("0100001")).isFalse();
    assertThat(flags("0")).isFalse();
  }

  private static boolean flags(String octal) {
    return OpenDescriptor.closeOnExec("x", List.of("pos:\t0", "flags:\t" + octal, "mnt_id:\t15"));
  }

  @Test
  void whatIsNotThereOrNoNumberIsAnError() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> OpenDescriptor.closeOnExec("x", List.of("pos:\t0")))
        .withMessageContaining("a line \"flags:\"");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> flags("09"))
        .withMessageContaining("octal");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> OpenDescriptor.of(Integer.MAX_VALUE))
        .withMessageContaining("/proc/2147483647/fd");
  }
}

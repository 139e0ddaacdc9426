package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.testkit.SystemWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Refusals that this machine need not have. */
class NettyAvailabilityTest {
  private static final String DENIED =
      "java.lang.RuntimeException: failed to create io_uring ring fd Operation not permitted";

  @TempDir Path folder;

  @Test
  void aSettingOfTwoRefusesEverybody() {
    assertThat(NettyAvailability.whyRefused(2)).contains("kernel.io_uring_disabled = 2");
  }

  @Test
  void aSettingOfOneRefusesWhoHasNoPrivilege() {
    assertThat(NettyAvailability.refusal(DENIED, 1, DENIED))
        .isEqualTo("not allowed for this user: " + DENIED + ", kernel.io_uring_disabled = 1");
  }

  @Test
  void aDenialThatTheSettingDoesNotExplainIsASeccompProfile() {
    assertThat(NettyAvailability.refusal(DENIED, 0, DENIED))
        .isEqualTo(
            "denied, as a seccomp profile does it: " + DENIED + ", kernel.io_uring_disabled = 0");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDenialIsKnownInTheLanguageOfThisProcess() {
    assumeThat(TransportKind.IO_URING.unavailability()).as("Netty's library").isEmpty();
    String words = SystemWords.NOT_PERMITTED.toString();

    assertThat(NettyAvailability.denied()).isEqualTo(words);
    assertThat(NettyAvailability.refusal("failed to create io_uring ring fd " + words, 1, words))
        .startsWith("not allowed for this user: ");
  }

  @Test
  void anotherCauseIsToldAsItIs() {
    assertThat(NettyAvailability.refusal("Cannot allocate memory", 0, DENIED))
        .isEqualTo("Cannot allocate memory");
  }

  @Test
  void theSettingIsRead() throws IOException {
    Path setting = Files.writeString(folder.resolve("io_uring_disabled"), "1\n");

    assertThat(NettyAvailability.ioUringDisabled(setting)).isOne();
    assertThat(NettyAvailability.ioUringDisabled(folder.resolve("missing"))).isZero();
  }

  @Test
  void anOddSettingIsNamed() throws IOException {
    Path setting = Files.writeString(folder.resolve("io_uring_disabled"), "maybe\n");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> NettyAvailability.ioUringDisabled(setting))
        .withMessageStartingWith("cannot read: path=" + setting + ", reason=");
  }
}

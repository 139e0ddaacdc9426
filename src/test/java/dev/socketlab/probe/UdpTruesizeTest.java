package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UdpTruesizeTest {
  @Test
  void predictsHowManyDatagramsABufferHolds() {
    UdpTruesize truesize = new UdpTruesize(22, 832, 3);

    assertThat(truesize.retainedBy(4096)).isEqualTo(4);
    assertThat(truesize.retainedBy(2304)).isEqualTo(2);
    assertThat(truesize.retainedBy(831)).isEqualTo(1);
  }

  @Test
  void chargeOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new UdpTruesize(22, 0, 3));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void chargeOfThisKernelCoversThePayloadAndItsHeaders() {
    UdpTruesize small = UdpTruesize.measure(22);
    UdpTruesize large = UdpTruesize.measure(1400);

    assertThat(small.bytesPerDatagram()).isGreaterThan(22 + 28);
    assertThat(large.bytesPerDatagram()).isGreaterThan(1400 + 28);
    assertThat(small).isEqualTo(UdpTruesize.measure(22));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void datagramThatCannotBeSentThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> UdpTruesize.measure(65_508))
        .withMessageStartingWith("cannot read: source=loopback datagrams of 65508 bytes");
  }
}

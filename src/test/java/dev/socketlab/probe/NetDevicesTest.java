package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.testkit.Capture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NetDevicesTest {
  private static final Capture BEFORE = Capture.of("linux-6.18-net-dev-before.txt");
  private static final Capture AFTER = Capture.of("linux-6.18-net-dev-after.txt");
  private static final Capture DROPPED = Capture.of("linux-6.18-net-dev-backlog-overflow.txt");

  @Test
  void differenceOfTheLoopbackDevice() {
    NetDevices.Device lo = parse(AFTER).device("lo").since(parse(BEFORE).device("lo"));

    assertThat(lo.received())
        .isEqualTo(new NetDevices.Device.Received(8652, 147, 0, 0, 0, 0, 0, 0));
    assertThat(lo.transmitted())
        .isEqualTo(new NetDevices.Device.Transmitted(8652, 147, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void backlogOverflowIsTheReceiveDropOfLoopback() {
    NetDevices.Device lo = parse(DROPPED).device("lo");

    assertThat(lo.received().packets() + lo.received().drop()).isEqualTo(5000);
    assertThat(lo.received().drop()).isPositive();
    assertThat(lo.transmitted().drop()).isZero();
  }

  @Test
  void nameMayTouchTheFirstNumber() {
    NetDevices devices =
        parse(BEFORE.withLine(3, "eth0:1234567890 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15"));

    assertThat(devices.device("eth0"))
        .isEqualTo(
            new NetDevices.Device(
                "eth0",
                new NetDevices.Device.Received(1234567890, 1, 2, 3, 4, 5, 6, 7),
                new NetDevices.Device.Transmitted(8, 9, 10, 11, 12, 13, 14, 15)));
  }

  @Test
  void unknownDeviceThrowsAndListsWhatThereIs() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(AFTER).device("eth7"))
        .withMessageContaining("no such device: name=eth7, known=[lo]");
  }

  @Test
  void counterThatWentBackwardsThrows() {
    NetDevices before = parse(BEFORE);
    NetDevices after = parse(AFTER);

    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> before.device("lo").since(after.device("lo")))
        .withMessageContaining("counter went backwards: counter=rx bytes, before=8652, after=0");
  }

  @Test
  void oddLinesThrow() {
    assertMalformed(AFTER.replacing(3, "lo:", "lo "), "a device's name and a colon");
    assertMalformed(AFTER.replacing(3, " 147 ", " "), "16 counters, found 14");
    assertMalformed(AFTER.replacing(3, " 147 ", " -147 "), "a counter >= 0, found -147");
    assertMalformed(AFTER.replacing(1, "Receive", "Received"), "the header \"Inter-|");
    assertMalformed(AFTER.replacing(2, "fifo colls", "colls fifo"), "the header \"face |bytes");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> NetDevices.parse("net/dev", List.of()))
        .withMessageContaining("two lines of headings");
    assertThat(NetDevices.parse("net/dev", AFTER.lines().subList(0, 2)).all()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsThisKernel() {
    assertThat(NetDevices.read().all()).containsKey("lo");
  }

  private static NetDevices parse(Capture capture) {
    return NetDevices.parse(capture.name(), capture.lines());
  }

  private static void assertMalformed(Capture capture, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(capture))
        .withMessageContaining(expected);
  }
}

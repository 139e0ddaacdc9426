package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SysctlTest {
  @TempDir private Path root;

  @BeforeEach
  void writeSettings() throws IOException {
    Files.createDirectories(root.resolve("net/ipv4/conf/eth0.1"));
    Files.writeString(root.resolve("net/ipv4/ip_local_port_range"), "32768\t60999\n");
    Files.writeString(root.resolve("net/ipv4/tcp_congestion_control"), "cubic\n");
    Files.writeString(root.resolve("net/ipv4/conf/eth0.1/rp_filter"), "2\n");
    Files.writeString(root.resolve("net/ipv4/empty"), "\n");
  }

  @Test
  void readsTextAndNumbers() {
    assertThat(Sysctl.text(root, "net.ipv4.tcp_congestion_control")).isEqualTo("cubic");
    assertThat(Sysctl.numbers(root, "net.ipv4.ip_local_port_range"))
        .containsExactly(32768L, 60999L);
    assertThat(Sysctl.number(root, "net.ipv4.conf.eth0/1.rp_filter")).isEqualTo(2);
  }

  @Test
  void absentSettingIsEmptyOrThrowsAsTheMethodSays() {
    assertThat(Sysctl.find(root, "net.ipv4.no_such")).isEmpty();
    assertThat(Sysctl.find(root, "net.ipv4.tcp_congestion_control")).contains("cubic");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Sysctl.text(root, "net.ipv4.no_such"))
        .withMessageStartingWith("cannot read: source=" + root.resolve("net/ipv4/no_such"));
  }

  @Test
  void unreadableSettingIsNotAbsent() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Sysctl.find(root, "net.ipv4"))
        .withMessageStartingWith("cannot read: source=" + root.resolve("net/ipv4"));
  }

  @Test
  void valueOfAnotherShapeThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Sysctl.number(root, "net.ipv4.ip_local_port_range"))
        .withMessageContaining("raw=\"32768\t60999\", expected=one number, found 2");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Sysctl.number(root, "net.ipv4.tcp_congestion_control"))
        .withMessageContaining("found \"cubic\"");
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Sysctl.numbers(root, "net.ipv4.empty"))
        .withMessageContaining("at least one number");
  }

  @Test
  void namesThatLeaveTheTreeAreRefused() {
    for (String name : new String[] {"net.//.x", "..", "/etc/passwd", "", "net..ipv4", "a b"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sysctl.text(root, name))
          .withMessageStartingWith("not the name of a kernel setting: name=\"" + name + "\"");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsAllDigitsOfThisKernelsSettings() {
    assertThat(Sysctl.number("net.core.rmem_max")).isGreaterThan(9);
    assertThat(Sysctl.numbers("net.ipv4.ip_local_port_range")).hasSize(2);
    assertThat(Sysctl.text("kernel.ostype")).isEqualTo("Linux");
  }

  /** Before Linux 6.11 a private network does not show the buffers' limits. */
  @Test
  void whatAPrivateNetworkDoesNotShowIsReadAsTheHostHadIt() throws IOException {
    Path shown = root.resolve("net/core/rmem_max");
    Files.createDirectories(shown.getParent());
    Files.writeString(shown, "212992\n");
    Sysctl.rememberThoseOfTheHost(root);
    Files.delete(shown);

    assertThat(Sysctl.number(root, "net.core.rmem_max")).isEqualTo(212_992);
    assertThat(Sysctl.find(root, "net.core.rmem_default")).isEmpty();
  }

  @Test
  void whatIsShownIsInForceWhateverTheHostHas() throws IOException {
    Path shown = root.resolve("net/core/somaxconn");
    Files.createDirectories(shown.getParent());
    Files.writeString(shown, "4096\n");
    Sysctl.rememberThoseOfTheHost(root);
    Files.writeString(shown, "64\n");

    assertThat(Sysctl.number(root, "net.core.somaxconn")).isEqualTo(64);
  }
}

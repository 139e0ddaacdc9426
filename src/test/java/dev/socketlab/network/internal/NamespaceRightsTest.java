package dev.socketlab.network.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each obstacle in the way of a private network is named, with what removes it. */
class NamespaceRightsTest {

  private static final long ALL = 0x1ff_ffff_ffffL;
  private static final long NONE = 0;
  private static final long ALL_BUT_SYS_ADMIN = ALL & ~(1L << 21);
  private static final int EPERM = 1;

  @Test
  void aMissingCapabilityIsNamedAndTheWayWithoutRoot() {
    assertThat(rights(NONE, 0, Map.of()).explain(EPERM))
        .isEqualTo(
            "EPERM: CAP_SYS_ADMIN is missing; run as root, in a container with --cap-add SYS_ADMIN,"
                + " or with `unshare -Urn` around the whole run");
    assertThat(rights(ALL_BUT_SYS_ADMIN, 0, Map.of()).explain(EPERM))
        .startsWith("EPERM: CAP_SYS_ADMIN is missing");
  }

  @ParameterizedTest
  @CsvSource({
    "user.max_user_namespaces, 0, 10000",
    "kernel.unprivileged_userns_clone, 0, 1",
    "kernel.apparmor_restrict_unprivileged_userns, 1, 0"
  })
  void aSettingThatClosesTheWayWithoutRootIsNamed(String setting, String closed, String open) {
    assertThat(rights(NONE, 0, Map.of(setting, closed)).explain(EPERM))
        .contains("CAP_SYS_ADMIN is missing")
        .endsWith(
            setting + " = " + closed + ", and sysctl -w " + setting + "=" + open + " opens it");
    assertThat(rights(NONE, 0, Map.of(setting, open)).explain(EPERM)).doesNotContain(setting);
  }

  @Test
  void aFilterOfAContainerIsNamed() {
    assertThat(rights(NONE, 2, Map.of()).explain(EPERM))
        .contains("CAP_SYS_ADMIN is missing")
        .contains("which a container forbids: a seccomp filter is on (Seccomp: 2 in")
        .endsWith("--security-opt seccomp=unconfined");
    assertThat(rights(ALL, 2, Map.of()).explain(EPERM))
        .startsWith("EPERM although CAP_SYS_ADMIN is there: a seccomp filter forbids it");
    assertThat(rights(ALL, 0, Map.of()).explain(EPERM)).contains("a security module forbids it");
    assertThat(rights(ALL, 2, Map.of()).explain(38)).startsWith("ENOSYS: a seccomp filter hides");
  }

  @Test
  void otherRefusalsAreNamed() {
    assertThat(rights(ALL, 0, Map.of("user.max_net_namespaces", "0")).explain(28))
        .startsWith("ENOSPC: user.max_net_namespaces = 0 is reached");
    assertThat(rights(ALL, 0, Map.of()).explain(22)).contains("CONFIG_NET_NS");
    assertThat(rights(ALL, 0, Map.of()).explain(12)).isEqualTo("errno 12");
  }

  private static NamespaceRights rights(
      long capabilities, int seccomp, Map<String, String> settings) {
    return new NamespaceRights(
        capabilities, seccomp, name -> Optional.ofNullable(settings.get(name)));
  }
}

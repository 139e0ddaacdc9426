package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.probe.internal.Line;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Both versions of control groups, in the words of Linux 6.18. */
class CgroupTest {

  private static final String V2_MOUNT =
      "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate";
  private static final List<String> V1_MOUNTS =
      List.of(
          "26 25 0:23 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu",
          "27 25 0:24 / /sys/fs/cgroup/cpuacct rw,relatime - cgroup cgroup rw,cpuacct",
          "34 25 0:31 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw");

  @Test
  void versionTwoHasOneTree() {
    Cgroup group = new Cgroup("x", List.of("0::/system.slice/docker-1f.scope"), List.of(V2_MOUNT));
    assertThat(group.of("cpu"))
        .isEqualTo(new Cgroup.Folder(2, Path.of("/sys/fs/cgroup/system.slice/docker-1f.scope")));
  }

  @Test
  void versionOneHasATreeForEachControllerAndVersionTwoTheRest() {
    Cgroup group =
        new Cgroup("x", List.of("2:cpuacct:/docker/1f", "1:cpu:/docker/1f", "0::/"), V1_MOUNTS);
    assertThat(group.of("cpu").path()).isEqualTo(Path.of("/sys/fs/cgroup/cpu/docker/1f"));
    assertThat(group.of("cpuacct").path()).isEqualTo(Path.of("/sys/fs/cgroup/cpuacct/docker/1f"));
    assertThat(group.of("memory"))
        .isEqualTo(new Cgroup.Folder(2, Path.of("/sys/fs/cgroup/unified")));
  }

  @Test
  void aContainerSeesItsOwnPartOfTheTree() {
    Cgroup group =
        new Cgroup(
            "x",
            List.of("1:cpu:/docker/1f/child"),
            List.of("26 25 0:23 /docker/1f /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu"));
    assertThat(group.of("cpu").path()).isEqualTo(Path.of("/sys/fs/cgroup/cpu/child"));
  }

  @Test
  void aGroupWhoseNameOnlyBeginsLikeTheMountsIsNotBelowIt() {
    Cgroup group =
        new Cgroup(
            "x",
            List.of("1:cpu:/docker/1fd"),
            List.of("26 25 0:23 /docker/1f /sys/fs/cgroup/cpu ro - cgroup cgroup rw,cpu"));
    assertThat(group.of("cpu").path()).isEqualTo(Path.of("/sys/fs/cgroup/cpu/docker/1fd"));
  }

  @Test
  void whatMountinfoEscapesIsDecoded() {
    Cgroup group =
        new Cgroup(
            "x",
            List.of("1:cpu:/my group/child"),
            List.of("26 25 0:23 /my\\040group /mnt/a\\134b\\040c ro - cgroup cgroup rw,cpu"));
    assertThat(group.of("cpu").path()).isEqualTo(Path.of("/mnt/a\\b c/child"));
  }

  @Test
  void withoutAMountThereIsNoAnswer() {
    assertThatThrownBy(() -> new Cgroup("/proc/1/cgroup", List.of("0::/a"), List.of()).of("cpu"))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("/proc/1/cgroup")
        .hasMessageContaining("controller cpu");
  }

  @Test
  void limitsOfBothVersions() {
    CgroupLimits half =
        CgroupLimits.parse(line("50000 100000"), CgroupLimits.memory(line("268435456")));
    assertThat(half)
        .isEqualTo(new CgroupLimits(2, OptionalLong.of(50_000), 100_000, OptionalLong.of(1 << 28)));
    assertThat(half.describe())
        .isEqualTo("cgroup v2: CPU 0.50 (50000 of 100000 µs), memory 268435456 bytes");
    assertThat(CgroupLimits.parse(line("max 100000"), CgroupLimits.memory(line("max"))).describe())
        .isEqualTo("cgroup v2: CPU unlimited, memory unlimited");
    assertThat(CgroupLimits.quota(line("-1"))).isEmpty();
    assertThat(CgroupLimits.memory(line("9223372036854771712"))).isEmpty();
    assertThatThrownBy(() -> CgroupLimits.parse(line("50000"), OptionalLong.empty()))
        .isInstanceOf(ProbeException.class)
        .hasMessageContaining("raw=\"50000\"");
  }

  @Test
  void countersOfBothVersions() {
    CgroupCpu two =
        CgroupCpu.parseV2(
            "cpu.stat",
            List.of(
                "usage_usec 2000",
                "user_usec 1500",
                "system_usec 500",
                "nr_periods 9",
                "nr_throttled 4",
                "throttled_usec 70"));
    assertThat(two).isEqualTo(new CgroupCpu("cpu.stat", 2_000_000, 9, 4, 70_000));
    CgroupCpu one =
        CgroupCpu.parseV1(
            "cpu.stat",
            List.of("nr_periods 9", "nr_throttled 4", "throttled_time 70000"),
            line("2000000"));
    assertThat(one).isEqualTo(two);
    assertThat(one.since(two)).isEqualTo(new CgroupCpu("cpu.stat", 0, 0, 0, 0));
    assertThatThrownBy(() -> CgroupCpu.parseV2("cpu.stat", List.of("usage_usec 1")))
        .hasMessageContaining("a line nr_periods");
  }

  @Test
  void anotherGroupOrACounterThatFellIsNoDifference() {
    CgroupCpu now = new CgroupCpu("a", 5, 5, 5, 5);
    assertThatThrownBy(() -> now.since(new CgroupCpu("b", 1, 1, 1, 1)))
        .hasMessageContaining("not the same group");
    assertThatThrownBy(() -> now.since(new CgroupCpu("a", 6, 1, 1, 1)))
        .hasMessageContaining("went backwards");
  }

  private static Line line(String text) {
    return new Line("x", 1, text);
  }
}

package dev.socketlab.artifact.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The captures are verbatim; {@code lscpu}, {@code nproc} and {@code free} agree with them. */
class MachineFactsTest {
  @TempDir Path root;

  @Test
  void anAmd64ProcessorTellsItsModel() throws IOException {
    String cpuinfo = Samples.resource("linux-6.18-cpuinfo.txt");
    assertThat(CpuInfo.model(cpuinfo)).contains("AMD EPYC");
    assertThat(CpuInfo.onlineProcessors(cpuinfo)).contains("2");
    assertThat(CpuInfo.hypervisorFlag(cpuinfo)).isTrue();
    assertThat(CpuInfo.hypervisorFlag("flags\t\t: fpu sse2 hypervisors\n")).isFalse();
  }

  @Test
  void anArm64ProcessorTellsItsCodesOnly() {
    String cpuinfo =
        """
        processor\t: 0
        BogoMIPS\t: 243.75
        CPU implementer\t: 0x41
        CPU architecture: 8
        CPU part\t: 0xd0c

        """;
    assertThat(CpuInfo.model(cpuinfo)).contains("ARM implementer 0x41, part 0xd0c");
    assertThat(CpuInfo.hypervisorFlag(cpuinfo)).isFalse();
  }

  @Test
  void aProcessorThatTellsNothingIsUnknown() {
    assertThat(CpuInfo.model("")).isEmpty();
    assertThat(CpuInfo.model("cpu\t\t: POWER9 (raw)\n")).contains("POWER9 (raw)");
    assertThat(CpuInfo.model("model name\t: \n")).isEmpty();
    assertThat(CpuInfo.onlineProcessors("model name\t: AMD EPYC\n")).isEmpty();
  }

  @Test
  void theDistributionTellsItsName() throws IOException {
    assertThat(LinuxFacts.OsRelease.prettyName(Samples.resource("debian-12-os-release.txt")))
        .contains("Debian GNU/Linux 12 (bookworm)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PRETTY_NAME=Alpine", "PRETTY_NAME='Alpine'", "A=b\nPRETTY_NAME=\"Alpine\" \nC=d"})
  void theNameMayBeQuotedOrNot(String osRelease) {
    assertThat(LinuxFacts.OsRelease.prettyName(osRelease)).contains("Alpine");
  }

  @Test
  void memoryIsReadFromItsLine() throws IOException {
    assertThat(LinuxFacts.memory(Samples.resource("linux-6.18-meminfo.txt"))).contains("24105 MiB");
    assertThat(LinuxFacts.memory("MemFree: 1 kB\n")).isEmpty();
  }

  @Test
  void whatIsMissingIsUnknownAndSaysWhy() {
    ProvenanceCapture.MachineFacts facts = LinuxFacts.capture(root);
    assertThat(facts.hardware().cpu()).isEqualTo("unknown: /proc/cpuinfo does not exist");
    assertThat(facts.hardware().memory()).isEqualTo("unknown: /proc/meminfo does not exist");
    assertThat(facts.hardware().machine()).endsWith("model unknown: no DMI and no device tree");
    assertThat(facts.platform().os()).isEqualTo("unknown: /etc/os-release does not exist");
    assertThat(facts.platform().sysctls())
        .containsEntry(
            "kernel.yama.ptrace_scope",
            "unknown: /proc/sys/kernel/yama/ptrace_scope does not exist");
  }

  @Test
  void whatIsThereIsReadWhole() throws IOException {
    write("proc/cpuinfo", "flags\t: fpu hypervisor sse\n");
    write("proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
    write("proc/sys/net/core/rmem_max", "4194304\n");
    write("sys/class/dmi/id/sys_vendor", "QEMU\n");
    write("sys/class/dmi/id/product_name", "Standard PC\n");
    ProvenanceCapture.MachineFacts facts = LinuxFacts.capture(root);
    assertThat(facts.hardware().machine()).endsWith(", QEMU Standard PC");
    assertThat(facts.hardware().cpu()).isEqualTo("unknown: /proc/cpuinfo does not say it");
    assertThat(facts.platform().sysctls())
        .containsEntry("net.ipv4.ip_local_port_range", "32768 60999")
        .containsEntry("net.core.rmem_max", "4194304");
  }

  @ParameterizedTest
  @CsvSource({
    ".dockerenv, '', constrained environment: container (Docker: /.dockerenv)",
    "run/.containerenv, '', constrained environment: container (Podman: /run/.containerenv)",
    "proc/self/cgroup, 0::/kubepods/pod1, constrained environment: container (cgroup path says kubepods)",
    "proc/self/cgroup, 0::/user.slice, bare (no mark of a container)",
    "run/systemd/container, lxc, constrained environment: container (systemd: /run/systemd/container)",
    "etc/other, '', 'unknown: no mark of a container, but /proc/self/cgroup is not readable'",
  })
  void aContainerIsToldByItsMarks(String file, String content, String placement)
      throws IOException {
    write(file, content);
    assertThat(ContainerMarks.placement(root)).isEqualTo(placement);
  }

  @Test
  void macOsIsReadFromOneCall() {
    Map<String, String> sysctl =
        MacFacts.parse("hw.model: Mac14,2\nhw.memsize: 17179869184\nkern.osrelease: 23.5.0\n");
    ProvenanceCapture.MachineFacts facts = MacFacts.facts(sysctl);
    assertThat(facts.hardware().machine()).endsWith(", Mac14,2");
    assertThat(facts.hardware().memory()).isEqualTo("16384 MiB");
    assertThat(facts.platform().kernel()).isEqualTo("Darwin 23.5.0");
    assertThat(facts.hardware().cpu())
        .isEqualTo("unknown: sysctl does not give machdep.cpu.brand_string");
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}

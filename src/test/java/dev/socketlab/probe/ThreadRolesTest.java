package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names are those that JDK 25 shows in {@code /proc/<pid>/task/<tid>/comm}. */
class ThreadRolesTest {
  @ParameterizedTest
  @CsvSource({
    "C1 CompilerThre, JIT",
    "C2 CompilerThre, JIT",
    "GC Thread#0, GC",
    "G1 Main Marker, GC",
    "G1 Conc#0, GC",
    "G1 Service, GC",
    "ZDriverMinor, GC",
    "ZWorkerYoung#0, GC",
    "VM Thread, VM",
    "VM Periodic Tas, VM",
    "Monitor Deflati, VM",
    "Reference Handl, VM",
    "Common-Cleaner, VM",
    "ForkJoinPool-1-, SERVING",
    "VirtualThread-u, SERVING",
    "MasterPoller, SERVING",
    "multiThreadIoEv, SERVING",
    "java, OTHER",
    "Zookeeper, OTHER",
    "my VM Thread, OTHER"
  })
  void jvmThreadsAreKnownByTheirCutNames(String name, ThreadRoles.Role role) {
    assertThat(ThreadRoles.ofJvm().of(name)).isEqualTo(role);
  }

  @Test
  void firstRuleThatMatchesDecides() {
    ThreadRoles roles =
        ThreadRoles.ofJvm()
            .firstRule(ThreadRoles.Role.OTHER, "worker-1")
            .firstRule(ThreadRoles.Role.SERVING, "worker-.*");

    assertThat(roles.of("worker-1")).isEqualTo(ThreadRoles.Role.SERVING);
    assertThat(ThreadRoles.ofJvm().of("worker-1")).isEqualTo(ThreadRoles.Role.OTHER);
  }
}

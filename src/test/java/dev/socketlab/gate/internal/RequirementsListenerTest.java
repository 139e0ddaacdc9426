package dev.socketlab.gate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherSessionListener;

class RequirementsListenerTest {

  private static final int JAVA_11 = 55;

  @Test
  void whatJUnitLoadsFirstIsForAnOlderJava() throws IOException {
    assertThat(ServiceLoader.load(LauncherSessionListener.class).stream())
        .extracting(ServiceLoader.Provider::type)
        .filteredOn(type -> type.getName().startsWith("dev.socketlab."))
        .singleElement()
        .isEqualTo(RequirementsListener.class);
    assertThat(classFileVersion(RequirementsListener.class)).isEqualTo(JAVA_11);
    assertThat(classFileVersion(GateRunListener.class)).isGreaterThan(JAVA_11);
  }

  @Test
  void anOlderJavaIsToldWhatIsNeededWhatWasFoundAndWhatToDo() {
    assertThat(RequirementsListener.complaintOfJava(24, "/opt/jdk-24"))
        .startsWith("socketlab needs Java 25 or newer, and this JVM is Java 24 (/opt/jdk-24): ")
        .contains("run these tests on a JDK 25")
        .doesNotContain("\n");
    assertThat(RequirementsListener.complaintOfJava(25, "/opt/jdk-25")).isNull();
  }

  @Test
  void anOlderJUnitIsToldWhatIsNeededWhatWasFoundAndWhatToDo() {
    assertThat(
            RequirementsListener.complaintOfJUnit(ClassLoader.getPlatformClassLoader(), "1.11.4"))
        .isEqualTo(
            "socketlab needs JUnit 5.14 or newer (5 or 6), and the class path has an older one"
                + " (JUnit Platform 1.11.4): import org.junit:junit-bom 5.14 or newer in"
                + " dependencyManagement, before every other BOM");
    assertThat(
            RequirementsListener.complaintOfJUnit(
                RequirementsListenerTest.class.getClassLoader(), "1.14.4"))
        .isNull();
  }

  @Test
  void tooFewDescriptorsAreToldWithWhatIsNeededWhatWasFoundAndWhatToDo(@TempDir Path process)
      throws IOException {
    for (int n = 0; n < 3; n++) {
      Files.createFile(Files.createDirectories(process.resolve("fd")).resolve("" + n));
    }
    limit(process, "258");
    assertThat(RequirementsListener.complaintOfDescriptors(process))
        .isEqualTo(
            "socketlab needs 256 file descriptors, and this JVM has 255 left (3 of 258 are open):"
                + " raise the limit before the run, ulimit -n 4096, or in a container"
                + " --ulimit nofile=4096");
    limit(process, "259");
    assertThat(RequirementsListener.complaintOfDescriptors(process)).isNull();
    limit(process, "unlimited");
    assertThat(RequirementsListener.complaintOfDescriptors(process)).isNull();
    assertThat(RequirementsListener.complaintOfDescriptors(process.resolve("none"))).isNull();
  }

  /** As Linux 6.18 prints it. */
  private static void limit(Path process, String soft) throws IOException {
    Files.writeString(
        process.resolve("limits"),
        "Limit                     Soft Limit           Hard Limit           Units     \n"
            + "Max resident set          unlimited            unlimited            bytes     \n"
            + "Max open files            %-20s 1048576              files     \n".formatted(soft));
  }

  private static int classFileVersion(Class<?> type) throws IOException {
    String resource = type.getSimpleName() + ".class";
    try (DataInputStream in =
        new DataInputStream(Objects.requireNonNull(type.getResourceAsStream(resource), resource))) {
      in.skipNBytes(Integer.BYTES + Short.BYTES); // magic, minor version
      return in.readUnsignedShort();
    }
  }
}

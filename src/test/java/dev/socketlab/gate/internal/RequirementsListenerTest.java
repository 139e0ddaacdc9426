package dev.socketlab.gate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
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

  private static int classFileVersion(Class<?> type) throws IOException {
    String resource = type.getSimpleName() + ".class";
    try (DataInputStream in =
        new DataInputStream(Objects.requireNonNull(type.getResourceAsStream(resource), resource))) {
      in.skipNBytes(Integer.BYTES + Short.BYTES); // magic, minor version
      return in.readUnsignedShort();
    }
  }
}

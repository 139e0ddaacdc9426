package dev.socketlab.artifact.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;

class LibrariesTest {

  @Test
  void jarsAreNamedByTheirFilesAndFoldersAreNot() {
    String classPath =
        String.join(
            File.pathSeparator,
            List.of(
                "target/classes",
                "repository/netty-transport-4.2.1.Final.jar",
                "repository/netty-transport-native-epoll-4.2.1.Final-linux-x86_64.jar",
                "repository/junit-jupiter-api-5.14.1.jar",
                "lib/shop.jar"));
    assertThat(Libraries.of(classPath))
        .containsExactly(
            entry("junit-jupiter-api", "5.14.1"),
            entry("netty-transport", "4.2.1.Final"),
            entry("netty-transport-native-epoll", "4.2.1.Final-linux-x86_64"),
            entry("shop", "unknown: not in the name of the jar"));
  }

  @Test
  void twoVersionsOfOneLibraryAreBothNamed() {
    assertThat(Libraries.of("a-1.0.jar" + File.pathSeparator + "b/a-1.1.jar"))
        .containsExactly(entry("a", "1.0, 1.1"));
  }

  @Test
  void anEmptyClassPathHasNone() {
    assertThat(Libraries.of("")).isEmpty();
  }
}

package dev.socketlab.artifact.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {
  private final Leaks leaks =
      Leaks.of(
          List.of(Path.of("/srv/build/socketlab")),
          List.of(Path.of("/data/people/wilhelmina")),
          List.of(Path.of("/scratch")),
          List.of("zeppelin.example.org", "zeppelin"),
          "wilhelmina");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MAC address                   | link/ether 02:42:ac:11:00:02 brd
          MAC address                   | 02-42-AC-11-00-0f
          path of the working directory | -javaagent:/srv/build/socketlab/target/x.jar
          path of the working directory | cd /srv/build/socketlab
          path of the home folder       | "/data/people/wilhelmina"
          path of the temporary folder  | /scratch/junit-1
          path of a personal folder     | JDK in /home/anyone/jdk
          path of a personal folder     | -Dx=/Users/anyone
          path of a personal folder     | /root/.m2
          host name                     | run on zeppelin, alone
          host name                     | zeppelin.example.org
          user name                     | by wilhelmina.
          """)
  void eachKindIsFoundWithItsLine(String kind, String line) {
    assertThat(leaks.in("first\n" + line + "\nlast"))
        .contains(new Leaks.Leak(kind, 2, line.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zeppelin",
        "zeppelins",
        "my_zeppelin",
        "12:34:56",
        "SHA256:02:42:ac:11:00:02:99:aa",
        "http://example.org/home/index.html",
        "results/scratch/x",
        "src/main",
        "~/home/",
        "/proc/sys/net/core/rmem_max",
        "/scratchpad",
        "/srv/build/socketlab-2",
        "/opt/srv/build/socketlab",
        "2026-03-01T12:00:00Z",
        "4e6e7175e71f09a2e584048ae6cd07347572a14e81e3dc31d0075ae1c03d8e50"
      })
  void whatOnlyLooksLikeItPasses(String line) {
    assertThat(leaks.in(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "vm", "localhost", "ubuntu", "abcd"})
  void shortAndCommonNamesIdentifyNobody(String name) {
    Leaks common =
        Leaks.of(List.of(Path.of("/")), List.of(Path.of("?")), List.of(), List.of(name), name);
    assertThat(common.in(name + " / ? " + name)).isEmpty();
  }

  @Test
  void aNameOfFiveLettersIsLongEnough() {
    Leaks five = Leaks.of(List.of(), List.of(), List.of(), List.of("abcde"), "fghij");
    assertThat(five.in("abcde fghij"))
        .extracting(Leaks.Leak::kind)
        .containsExactly("host name", "user name");
  }

  @Test
  void anOrdinaryWordCanBeAllowed() {
    assertThat(leaks.allowing("zeppelin").in("a zeppelin")).isEmpty();
    assertThat(leaks.allowing("zeppelin").in("by wilhelmina")).hasSize(1);
  }

  @Test
  void thisMachineIsGuarded() {
    String here = Path.of("").toAbsolutePath().toString();
    assertThat(Leaks.ofThisMachine().in("in " + here))
        .extracting(Leaks.Leak::kind)
        .contains("path of the working directory");
    assertThat(Leaks.ofThisMachine().in("in " + System.getProperty("user.home") + "/x"))
        .extracting(Leaks.Leak::kind)
        .contains("path of the home folder");
    assertThat(Leaks.ofThisMachine().in("in " + System.getProperty("java.io.tmpdir")))
        .extracting(Leaks.Leak::kind)
        .contains("path of the temporary folder");
  }

  @Test
  void theSampleLeaksNothing() {
    assertThat(leaks.in(Samples.full().toText() + Samples.full().toJson())).isEmpty();
  }
}

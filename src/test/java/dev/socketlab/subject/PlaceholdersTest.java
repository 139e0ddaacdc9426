package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

  private final AtomicInteger next = new AtomicInteger(20_000);

  private Placeholders placeholders() {
    return new Placeholders(
        "web",
        Map.of("a.conf", Path.of("/x/a.conf"), "b$1", Path.of("/x/b$1")),
        Map.of(),
        next::incrementAndGet);
  }

  @Test
  void aPortHasItsNameAndIsTheSameWhereverItIsMet() {
    Placeholders placeholders = placeholders();
    assertThat(placeholders.fill("-p {port} -a={port:admin}", "x")).isEqualTo("-p 20001 -a=20002");
    assertThat(placeholders.fill("{port:admin}{port}", "x")).isEqualTo("2000220001");
    assertThat(placeholders.ports()).isEqualTo(Map.of("", 20_001, "admin", 20_002));
  }

  @Test
  void aPortThatIsKnownIsTakenAgain() {
    Placeholders again =
        new Placeholders("web", Map.of(), Map.of("", 20_009, "b", 20_001), next::incrementAndGet);
    assertThat(again.fill("{port} {port:b} {port:c}", "x")).isEqualTo("20009 20001 20002");
  }

  @Test
  void twoNamesHaveTwoPortsThoughTheSameOneIsFoundAgain() {
    AtomicInteger calls = new AtomicInteger();
    Placeholders placeholders =
        new Placeholders(
            "web", Map.of(), Map.of(), () -> calls.incrementAndGet() < 3 ? 20_000 : 20_001);
    assertThat(placeholders.fill("{port} {port:b}", "x")).isEqualTo("20000 20001");
  }

  @Test
  void aFileIsItsPath() {
    assertThat(placeholders().fill("-c {file:a.conf} {file:b$1}", "x"))
        .isEqualTo("-c /x/a.conf /x/b$1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${port} ${port:-80}",
        "awk {print} {sort}",
        "%{+Q}o {}",
        "{ port }",
        "{file}",
        "{\"port\":1}",
        "listen 80; location / { return 200; }",
        "a{2}",
        "{life}",
        "{proto:x}"
      })
  void whatIsAnothersStaysAsItIs(String text) {
    Placeholders placeholders = placeholders();
    assertThat(placeholders.fill(text, "x")).isEqualTo(text);
    assertThat(placeholders.ports()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{prot}", "{Port}", "{PORT:admin}", "{ports}", "{flie:a.conf}", "{File:a.conf}"})
  void aSlipOfTheFingerIsRefused(String text) {
    assertThatThrownBy(() -> placeholders().fill("-p " + text, "argument \"-p\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "subject web, argument \"-p\": "
                + text
                + " is no placeholder; there are {port}, {port:NAME} and {file:NAME}");
  }

  @Test
  void aFileThatIsNotThereAndAPortWithoutANameAreRefused() {
    assertThatThrownBy(() -> placeholders().fill("{file:c.conf}", "file a.conf"))
        .hasMessageContaining("subject web, file a.conf: {file:c.conf} names no file of it")
        .hasMessageContaining("it has a.conf, b$1; give it one with file(\"c.conf\", content)");
    for (String nameless : List.of("{port:}", "{port:8080}")) {
      assertThatThrownBy(() -> placeholders().fill(nameless, "x"))
          .hasMessageContaining(nameless + " names no port");
    }
  }
}

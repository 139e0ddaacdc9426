package dev.socketlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents show is what the project holds. */
class DocumentationTest {

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*"
              + "(?:class|interface|record|enum|@interface) (\\w+)");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

  @Test
  void theCompleteExampleIsTheOneThatRuns() throws IOException {
    String source =
        Files.readString(
            Path.of("src/it/java/dev/socketlab/examples/WebConnectionsExperiment.java"));
    assertThat(Path.of("docs/writing-experiments.md"))
        .content()
        .contains(source.substring(source.indexOf("@Tag")).strip());
  }

  @Test
  void theWalkShowsTheExampleThatRuns() throws IOException {
    String source =
        Files.readString(
            Path.of("examples/src/test/java/com/example/sockets/RedisGetExperiment.java"));
    String pom = Files.readString(Path.of("examples/pom.xml"));
    assertThat(Path.of("docs/getting-started.md"))
        .content()
        .contains(source.substring(source.indexOf("@Tag")).strip())
        .contains(block(pom, "    <dependency>", "  </dependencies>"))
        .contains(block(pom, "      <plugin>\n        <!--", "    </plugins>"));
  }

  @Test
  void theExamplesAskForThisVersion() throws IOException {
    String version = first("<version>([^<]*)</version>", "pom.xml");
    assertThat(first("<version.socketlab>([^<]*)<", "examples/pom.xml")).isEqualTo(version);
  }

  @Test
  void theInterfaceThatIsComparedIsTheOneThatIsPromised() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    List<String> compared = all("<include>(dev\\.socketlab\\.[a-z]+)</include>", pom);
    String page = Files.readString(Path.of("docs/compatibility.md"));
    assertThat(all("\\| `(dev\\.socketlab\\.[a-z]+)` \\|", page))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(compared);
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(1);
        if (!target.startsWith("http")
            && !Files.exists(page.toAbsolutePath().resolveSibling(target))) {
          broken.add(page + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPublicTypeHasAnExample() throws IOException {
    List<String> without = new ArrayList<>();
    int types = 0;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/socketlab"))) {
      for (Path file : files.filter(DocumentationTest::isOfTheFramework).toList()) {
        String source = Files.readString(file);
        Matcher type = PUBLIC_TYPE.matcher(source);
        if (type.find()) {
          types++;
          String comment = source.substring(source.lastIndexOf("/**", type.start()), type.start());
          if (!comment.contains("<pre>{@code") && !comment.contains("{@snippet")) {
            without.add(type.group(1));
          }
        }
      }
    }
    assertThat(types).isPositive();
    assertThat(without).isEmpty();
  }

  static boolean isOfTheFramework(Path file) {
    return file.toString().endsWith(".java")
        && !file.startsWith("src/main/java/dev/socketlab/qsl")
        && !file.endsWith("package-info.java");
  }

  /** From one text to before the other, without the indentation that its lines share. */
  private static String block(String text, String from, String to) {
    int start = text.indexOf(from);
    return text.substring(start, text.indexOf(to, start)).stripTrailing().stripIndent();
  }

  private static String first(String pattern, String file) throws IOException {
    return all(pattern, Files.readString(Path.of(file))).getFirst();
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(found -> found.group(1)).toList();
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(
              docs.filter(file -> file.toString().endsWith(".md")),
              Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")
                  .map(Path::of))
          .toList();
    }
  }
}

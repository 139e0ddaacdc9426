package dev.socketlab;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Report;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.subject.ContainerBuilder;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.subject.SubjectPlan;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** What the documents show is what the project holds. */
class DocumentationTest {

  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "(?m)^public (?:(?:abstract|final|sealed|non-sealed) )*"
              + "(?:class|interface|record|enum|@interface) (\\w+)");

  private static final Path GLOSSARY = Path.of("docs", "glossary.md");

  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`]*`");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]*)(#[^)]*)?\\)");

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
        .contains(block(pom, "    <dependency>", "    <dependency>\n      <!--"))
        .contains(block(pom, "      <plugin>\n        <!--", "    </plugins>"));
  }

  @Test
  void theExamplesAskForThisVersion() throws IOException {
    String version = first("<version>([^<]*)</version>", "pom.xml");
    assertThat(first("<version.socketlab>([^<]*)<", "examples/pom.xml")).isEqualTo(version);
  }

  @Test
  void everyPackageIsPromisedOrSaidNotToBe() throws IOException {
    String page = Files.readString(Path.of("docs/compatibility.md"));
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/socketlab"))) {
      assertThat(
              files
                  .filter(Files::isDirectory)
                  .map(folder -> "dev.socketlab." + folder.getFileName()))
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(all("`(dev\\.socketlab\\.[a-z]+)`", page));
    }
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        String target = link.group(1);
        if (target.startsWith("http")) {
          continue;
        }
        Path file = target.isEmpty() ? page : page.toAbsolutePath().resolveSibling(target);
        String section = link.group(2);
        if (!Files.exists(file) || (section != null && !sections(file).contains(section))) {
          broken.add(page + " -> " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void noLineIsWiderThanATerminal() throws IOException {
    List<String> wide = new ArrayList<>();
    for (Path page : pages()) {
      boolean inCode = false;
      for (String line : Files.readAllLines(page)) {
        inCode ^= line.strip().startsWith("```");
        boolean canBreak = line.strip().indexOf(' ') > 0;
        if (!inCode && !line.startsWith("|") && canBreak && line.length() > 100) {
          wide.add(page + ": " + line);
        }
      }
    }
    assertThat(wide).isEmpty();
  }

  @Test
  void theGlossaryHasEveryVerdictRoleAndPlace() throws Exception {
    List<String> words = new ArrayList<>(List.of("open", "closed", "PARTIAL"));
    Arrays.stream(Verdict.values()).map(Verdict::label).forEach(words::add);
    Arrays.stream(Ledger.Verdict.values()).map(Enum::name).forEach(words::add);
    Arrays.stream(Column.Role.values())
        .map(role -> role.name().toLowerCase(ROOT))
        .forEach(words::add);
    words.addAll(shown("BudgetCheck$Finding"));
    words.addAll(shown("ControlOutcome$Found"));
    words.addAll(shown("Place"));
    words.remove("auto"); // where no place is chosen
    String glossary = Files.readString(GLOSSARY);
    assertThat(words)
        .hasSizeGreaterThan(20)
        .allSatisfy(word -> assertThat(glossary).containsPattern("\\b" + word + "\\b"));
  }

  @Test
  void everyWordOfTheGlossaryIsUsed() throws IOException {
    String others = "";
    for (Path page : pages()) {
      others += page.endsWith("glossary.md") ? "" : Files.readString(page);
    }
    List<String> words =
        all("(?m)^\\| (\\w[^|]*) \\|", Files.readString(GLOSSARY)).stream()
            .flatMap(row -> Arrays.stream(row.split(", ")))
            .filter(word -> !word.equals("word") && !word.equals("of a mechanism"))
            .toList();
    assertThat(words).hasSizeGreaterThan(20);
    assertThat(others).contains(words);
    assertThat(Path.of("README.md")).content().contains("(docs/glossary.md)");
  }

  /** One concept has one name; what an artifact prints, and code, keep theirs. */
  @Test
  void noDocumentHasASecondWordForAConcept() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path page : pages()) {
      String prose = CODE.matcher(Files.readString(page)).replaceAll("");
      all("(?i)\\b(books|saboteurs?|laboratory)\\b", prose)
          .forEach(word -> found.add(page + ": " + word));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theMapOfTheInterfaceNamesEveryMethod() throws IOException {
    String page = Files.readString(Path.of("docs/interface.md"));
    List<String> missing =
        Stream.of(
                Lab.class,
                SubjectBuilder.class,
                SubjectPlan.class,
                ContainerBuilder.class,
                Subject.class,
                NetworkHost.class,
                Report.class)
            .flatMap(type ->
                Arrays.stream(type.getMethods())
                    .filter(method -> method.getDeclaringClass() != Object.class)
                    .filter(method -> !isOfTheFrameworkAlone(method))
                    .filter(method ->
                        !Pattern.compile("\\b" + method.getName() + "\\(").matcher(page).find())
                    .map(method -> type.getSimpleName() + "." + method.getName()))
            .distinct()
            .toList();
    assertThat(missing).isEmpty();
  }

  private static boolean isOfTheFrameworkAlone(Method method) {
    API state = method.getAnnotation(API.class);
    return state != null && state.status() == API.Status.INTERNAL;
  }

  /** A small interface stays so only where somebody counts. */
  @Test
  void thePublicTypesAreFewAndSayTheirState() throws IOException {
    List<String> stateless = new ArrayList<>();
    int types = 0;
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/socketlab"))) {
      for (Path file : files.filter(DocumentationTest::isOfTheFramework).toList()) {
        String source = Files.readString(file);
        if (PUBLIC_TYPE.matcher(source).find()) {
          types++;
          if (!source.contains("@API(status = Status.")) {
            stateless.add(file.toString());
          }
        }
      }
    }
    assertThat(stateless).containsExactly("src/main/java/dev/socketlab/cli/SocketLab.java");
    // 95; an annotation, its line and its result of counters, less one; the seven of scripts; the
    // fault of a system call and the flows of datagrams; the four of the card, several mechanisms
    // of a
    // method, a look at a subject, and what may be started, which was hidden.
    assertThat(types).isBetween(1, 113);
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
          if (!comment.contains("{@snippet ") || source.contains("<pre>{@code")) {
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
        && !file.toString().contains("/internal/")
        && !file.endsWith("package-info.java");
  }

  /** The headings of a page, as links name them. */
  private static List<String> sections(Path page) throws IOException {
    return all("(?m)^#+ (.*)$", Files.readString(page)).stream()
        .map(heading -> heading.toLowerCase(ROOT).replaceAll("[^\\w -]", "").replace(' ', '-'))
        .map("#"::concat)
        .toList();
  }

  /** The constants of an enum of the experiments, as an artifact shows them. */
  private static List<String> shown(String type) throws ClassNotFoundException {
    Class<?> constants = Class.forName("dev.socketlab.experiment." + type);
    return Arrays.stream(constants.getEnumConstants()).map(Object::toString).toList();
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
              Stream.of(
                      "README.md",
                      "CONTRIBUTING.md",
                      "CHANGELOG.md",
                      "examples/README.md",
                      "examples/CASEBOOK.md")
                  .map(Path::of))
          .toList();
    }
  }
}

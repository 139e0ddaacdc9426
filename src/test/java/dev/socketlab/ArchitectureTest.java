package dev.socketlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.socketlab.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The directions between packages, as docs/architecture.md gives them. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.socketlab");

  @Test
  void frameworkAndQslDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.socketlab.qsl..")
        .should()
        .dependOnClassesThat(socketlabClassOutside("dev.socketlab.qsl"))
        .check(MAIN);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.socketlab.qsl..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.socketlab.qsl..")
        .check(MAIN);
  }

  /** A row: the room, what is in it, what it uses. */
  private static final Pattern ROOM = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\|([^|]*)\\|$");

  private static final Pattern NAME = Pattern.compile("`(\\w+)`");

  @Test
  void arrowsAreThoseOfTheDocument() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type : MAIN) {
      String room = room(type);
      if (!room.isEmpty() && !room.equals("qsl")) {
        Set<String> used = found.computeIfAbsent(room, _ -> new TreeSet<>());
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> room(dependency.getTargetClass()))
            .filter(other -> !other.isEmpty() && !other.equals(room))
            .forEach(used::add);
      }
    }
    Map<String, Set<String>> said = new TreeMap<>();
    Matcher row = ROOM.matcher(Files.readString(Path.of("docs", "architecture.md")));
    while (row.find()) {
      said.put(
          row.group(1),
          NAME.matcher(row.group(2))
              .results()
              .map(name -> name.group(1))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(said).isEqualTo(found);
  }

  /** The package below the project's, such as {@code probe}; empty for a class of others. */
  private static String room(JavaClass type) {
    String[] names = type.getPackageName().split("\\.", -1);
    return names.length > 2 && type.getPackageName().startsWith("dev.socketlab.") ? names[2] : "";
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.socketlab.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyExperimentsGatesAndAssertionsKnowTheTestFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.socketlab.probe..",
            "dev.socketlab.load..",
            "dev.socketlab.script..",
            "dev.socketlab.artifact..",
            "dev.socketlab.compare..",
            "dev.socketlab.report..",
            "dev.socketlab.cli..",
            "dev.socketlab.subject..",
            "dev.socketlab.network..",
            "dev.socketlab.ledger..",
            "dev.socketlab.trace..",
            "dev.socketlab.internal..",
            "dev.socketlab.qsl..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.junit..", "org.opentest4j..", "org.assertj..")
        .check(MAIN);
  }

  @Test
  void implementationsOfAnnotationsAreHidden() {
    classes()
        .that()
        .haveNameMatching(".*(Extension|Condition|Detector|Provider)")
        .and(
            DescribedPredicate.describe(
                "are not interfaces", (JavaClass type) -> !type.isInterface()))
        .should()
        .notBePublic()
        .check(MAIN);
  }

  /** Where JUnit runs tests in parallel, they would see one another. */
  @Test
  void testsThatRunExperimentsOrChangePropertiesHaveTheJvmForThemselves() {
    classes()
        .that()
        .haveNameMatching(".*(Test|IT)")
        .and(
            DescribedPredicate.describe(
                "run experiments or change properties", ArchitectureTest::isOfTheWholeJvm))
        .should()
        .beAnnotatedWith(Isolated.class)
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("dev.socketlab"));
  }

  private static boolean isOfTheWholeJvm(JavaClass type) {
    return type.getConstructorCallsFromSelf().stream()
            .anyMatch(call -> call.getTargetOwner().isEquivalentTo(Laboratory.class))
        || type.getMethodCallsFromSelf().stream()
            .map(JavaMethodCall::getTarget)
            .anyMatch(target ->
                target.getOwner().isEquivalentTo(System.class)
                    && target.getName().equals("setProperty"));
  }

  private static DescribedPredicate<JavaClass> socketlabClassOutside(String name) {
    return DescribedPredicate.describe(
        "belong to the project but not to " + name,
        type ->
            type.getPackageName().startsWith("dev.socketlab")
                && !type.getPackageName().startsWith(name));
  }
}

package dev.socketlab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

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

  @Test
  void arrowsRunFromTheExperimentDownAndNeverBack() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("experiment")
        .definedBy("dev.socketlab.experiment..")
        .layer("assertion")
        .definedBy("dev.socketlab.assertion..")
        .layer("gate")
        .definedBy("dev.socketlab.gate..")
        .layer("trace")
        .definedBy("dev.socketlab.trace..")
        .layer("place")
        .definedBy("dev.socketlab.place..")
        .layer("probe")
        .definedBy("dev.socketlab.probe..")
        .layer("load")
        .definedBy("dev.socketlab.load..")
        .layer("cli")
        .definedBy("dev.socketlab.cli..")
        .layer("report")
        .definedBy("dev.socketlab.report..")
        .layer("compare")
        .definedBy("dev.socketlab.compare..")
        .layer("artifact")
        .definedBy("dev.socketlab.artifact..")
        .whereLayer("experiment")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("assertion")
        .mayOnlyBeAccessedByLayers("experiment")
        .whereLayer("gate")
        .mayOnlyBeAccessedByLayers("experiment")
        .whereLayer("trace")
        .mayOnlyBeAccessedByLayers("experiment", "assertion")
        .whereLayer("place")
        .mayOnlyBeAccessedByLayers("experiment", "gate", "trace")
        .whereLayer("probe")
        .mayOnlyBeAccessedByLayers("experiment", "assertion", "gate", "place", "trace")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("experiment")
        .whereLayer("load")
        .mayNotAccessAnyLayer()
        .whereLayer("compare")
        .mayOnlyBeAccessedByLayers("experiment", "assertion", "cli")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("artifact")
        .mayOnlyBeAccessedByLayers("experiment", "assertion", "compare", "report", "cli")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.socketlab.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyExperimentsGatesAndAssertionsKnowTheTestFramework() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.socketlab.probe..",
            "dev.socketlab.load..",
            "dev.socketlab.artifact..",
            "dev.socketlab.compare..",
            "dev.socketlab.report..",
            "dev.socketlab.cli..",
            "dev.socketlab.place..",
            "dev.socketlab.trace..",
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

  private static DescribedPredicate<JavaClass> socketlabClassOutside(String name) {
    return DescribedPredicate.describe(
        "belong to the project but not to " + name,
        type ->
            type.getPackageName().startsWith("dev.socketlab")
                && !type.getPackageName().startsWith(name));
  }
}

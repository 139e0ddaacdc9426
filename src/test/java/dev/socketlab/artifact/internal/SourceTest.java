package dev.socketlab.artifact.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Samples;
import dev.socketlab.internal.os.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What git and the files themselves say about the source of a run. */
class SourceTest {
  private static final List<String> INPUTS = SourceScope.of(Path.of("")).inputs();

  @TempDir Path project;

  @Test
  void changedRenamedConflictingAndNewFilesAreRead() throws IOException {
    GitStatus status = GitStatus.parse(Samples.resource("git-2.39.5-status-v2.bin"));
    assertThat(status.commit()).matches("[0-9a-f]{40}");
    assertThat(status.changed())
        .containsExactly(
            "results/r.txt",
            "src/a.txt",
            "src/new name.txt",
            "src/old.txt",
            "src/conflict.txt",
            "src/ünï new.txt");
    assertThat(GitCheckout.judge(status, "", INPUTS).dirtyInputs())
        .hasSize(5)
        .doesNotContain("results/r.txt");
  }

  @Test
  void whatIsNotAStatusIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitStatus.parse("# branch.oid abc\0X what\0"))
        .withMessage("not a line of git status v2: X what");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GitStatus.parse("# branch.oid abc\0002 R. N...\0"))
        .withMessage("git status v2 line is too short: 2 R. N...");
    assertThatIllegalArgumentException().isThrownBy(() -> GitStatus.parse(""));
  }

  @Test
  void changedResultsAreNoDirtyInputs() {
    GitStatus status = new GitStatus("abc", List.of("results/x.txt", "src-old/A.java", "pom.xml~"));
    assertThat(GitCheckout.judge(status, "", INPUTS))
        .isEqualTo(new GitCheckout("abc", "inputs clean (other files changed: 3)", List.of()));
  }

  @Test
  void aProjectInAFolderOfTheCheckoutCountsItsOwnInputsOnly() {
    GitStatus status = new GitStatus("abc", List.of("src/A", "sub/src/B", "subs/src/C"));
    assertThat(GitCheckout.judge(status, "sub", INPUTS).dirtyInputs()).containsExactly("src/B");
    GitStatus beside = new GitStatus("abc", List.of("top/src/A"));
    assertThat(GitCheckout.judge(beside, "sub", INPUTS).dirtyInputs()).isEmpty();
  }

  @Test
  void aRealCheckoutIsCleanUntilAnInputChanges() throws IOException {
    assumeThat(git("init", "-q")).as("git is needed").isTrue();
    assertThat(checkout().commit()).isEqualTo("no commit yet");
    write("pom.xml", "<project/>");
    write("src/main/A.java", "class A {}");
    write("results/x.txt", "old");
    git("add", ".");
    git("-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "one");
    assertThat(checkout().workingTree()).isEqualTo("clean");
    assertThat(checkout().commit()).matches("[0-9a-f]{40}");
    write("results/x.txt", "new");
    assertThat(checkout().workingTree()).isEqualTo("inputs clean (other files changed: 1)");
    write("src/main/A.java", "class A { int changed; }");
    write("src/it/New.java", "class New {}");
    assertThat(checkout().workingTree()).isEqualTo("dirty (inputs changed: 2)");
    assertThat(checkout().dirtyInputs()).containsExactly("src/it/New.java", "src/main/A.java");
    write("sub/src/main/B.java", "class B {}");
    assertThat(GitCheckout.of(project.resolve("sub"), INPUTS).dirtyInputs())
        .containsExactly("src/main/B.java");
  }

  @Test
  void aProjectWithoutGitSaysSo() {
    assumeThat(project.resolve(".git")).doesNotExist();
    Provenance.Source source = ProvenanceCapture.capture(project, SourceScope.of(project)).source();
    assertThat(source.commit()).isEqualTo("no git checkout");
    assertThat(source.workingTree()).isEqualTo("no git checkout");
    assertThat(source.digest())
        .isEqualTo("unknown: the working directory has no file in pom.xml src/main src/test");
  }

  @Test
  void aBrokenCheckoutIsUnknownAndNamesNoPath() throws IOException {
    Files.createDirectory(project.resolve(".git"));
    assertThat(checkout().commit()).startsWith("unknown: git ").doesNotContain("/");
    assumeThat(git("--version")).as("git is needed").isTrue();
    assertThat(checkout().commit()).startsWith("unknown: git status ended with exit code ");
  }

  @Test
  void ofTheVariablesOnlyThoseForGitAreChanged() {
    assertThat(variable("GIT_OPTIONAL_LOCKS")).isEqualTo("0");
    assertThat(variable("PATH")).isEqualTo(System.getenv("PATH"));
  }

  private static String variable(String name) {
    return GitCheckout.neutral(Command.of(List.of("printenv", name))).run()
            instanceof Command.Ended ended
        ? ended.output().strip()
        : "";
  }

  /** Expected: {@code printf ... | sha256sum} over the listing that {@code sha256sum} prints. */
  @Test
  void theDigestIsWhatCommonToolsFind() throws IOException {
    write("src/main/b/Z.java", "z\n");
    write("src/main/b-c.txt", "");
    write("pom.xml", "<project/>\n");
    write("src/test/T.java", "not covered");
    Files.createDirectories(project.resolve("src/it"));
    SourceDigest digest = SourceDigest.of(project, SourceScope.of(project).digest());
    assertThat(digest)
        .isEqualTo(
            new SourceDigest(
                "bd9ef93910958a3e826d0af11bf2c016ebda1189774478fe9a3bde6c5f9ebc08",
                List.of("pom.xml", "src/main", "src/it"),
                3));
  }

  @Test
  void theDigestFollowsContentsAndPaths() throws IOException {
    write("src/main/A", "1");
    write("src/it/I", "1");
    String before = digest();
    write("src/test/T", "2");
    assertThat(digest()).isEqualTo(before);
    write("src/main/A", "2");
    String changed = digest();
    assertThat(changed).isNotEqualTo(before);
    Files.move(project.resolve("src/main/A"), project.resolve("src/main/B"));
    assertThat(digest()).isNotIn(before, changed);
  }

  @Test
  void experimentsAmongTheTestsCountWhereThereIsNoFolderOfTheirOwn() throws IOException {
    write("src/test/AnExperiment.java", "1");
    String before = digest();
    write("src/test/AnExperiment.java", "2");
    assertThat(digest()).isNotEqualTo(before);
  }

  private String digest() {
    return SourceDigest.of(project, SourceScope.of(project).digest()).value();
  }

  private GitCheckout checkout() {
    return GitCheckout.of(project, INPUTS);
  }

  private boolean git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return GitCheckout.neutral(Command.of(command).in(project)).run() instanceof Command.Ended ended
        && ended.exitCode() == 0;
  }

  private void write(String file, String content) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}

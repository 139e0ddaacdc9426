package dev.socketlab.artifact.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Samples;
import dev.socketlab.testkit.SystemWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  private static final Leaks LEAKS =
      Leaks.of(List.of(), List.of(), List.of(), List.of("zeppelin"), "");

  @TempDir Path folder;

  private final Publication publication = Publication.guardedBy(LEAKS);

  @Test
  void bothFormsArePublishedAndReplaced() throws IOException {
    Path results = folder.resolve("new/results");
    publication.publish(artifact("first"), results);
    Publication.Published pair = publication.publish(artifact("second"), results);
    assertThat(pair.text()).hasContent(artifact("second").toText());
    assertThat(pair.json()).hasContent(artifact("second").toJson());
    assertThat(names(results)).containsExactly("x.json", "x.txt");
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefusedWithFolderCauseAndCure() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> publication.publish(artifact("a"), file.resolve("results")))
        .withMessage(
            ("cannot publish artifact 'x' to folder %s: %s. The artifact published"
                    + " there before is unchanged. Make room or make the folder writable, or"
                    + " publish elsewhere with -Dsocketlab.results=FOLDER")
                .formatted(file.resolve("results"), SystemWords.NOT_A_DIRECTORY));
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> publication.publish(artifact("a"), file))
        .withMessageContaining("it is a file, not a folder");
  }

  @Test
  void aTargetThatIsNoFileIsRefusedBeforeAnythingIsReplaced() throws IOException {
    publication.publish(artifact("old"), folder);
    Files.delete(folder.resolve("x.txt"));
    Files.createDirectory(folder.resolve("x.txt"));
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> publication.publish(artifact("new"), folder))
        .withMessageContaining("x.txt exists and is no regular file");
    assertThat(folder.resolve("x.json")).hasContent(artifact("old").toJson());
    assertThat(names(folder)).containsExactly("x.json", "x.txt");
  }

  @Test
  void aLeakIsRefusedAndNamed() throws IOException {
    publication.publish(artifact("old"), folder);
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> publication.publish(artifact("on zeppelin"), folder))
        .withMessageContaining("x.txt would tell of this machine, so nothing was published:")
        .withMessageContaining("host name in line 1: on zeppelin")
        .withMessageContaining("-Dsocketlab.leaks.allow=WORD,WORD");
    assertPublished("old");
  }

  @Test
  void aPathTooLongForALineOfTextIsFoundInTheJson() {
    String path = "/srv" + "/a-folder".repeat(12);
    Leaks guard = Leaks.of(List.of(Path.of(path)), List.of(), List.of(), List.of(), "");
    Artifact artifact =
        Samples.minimal("x").mechanism(MechanismVerdict.failed(1, "s", "in\n" + path)).build();
    assertThat(guard.in(artifact.toText())).isEmpty();
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> Publication.guardedBy(guard).publish(artifact, folder))
        .withMessageContaining("x.json would tell of this machine")
        .withMessageContaining("path of the working directory in line");
  }

  @Test
  void aStagedFileThatCannotBeDeletedDoesNotMakeAPublishedPairUnchanged() {
    publication.publish(artifact("old"), folder);
    Publication littering =
        new Publication(
            LEAKS,
            (from, to) -> {
              Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
              if (to.endsWith("x.txt")) {
                for (String name : names(folder)) {
                  if (name.startsWith(".x-")) {
                    Files.delete(folder.resolve(name));
                    Files.createDirectories(folder.resolve(name).resolve("not empty"));
                  }
                }
              }
            });
    littering.publish(artifact("new"), folder);
    assertThat(folder.resolve("x.txt")).hasContent(artifact("new").toText());
    assertThat(folder.resolve("x.json")).hasContent(artifact("new").toJson());
  }

  @Test
  void aPairThatCannotBePutBackIsNotCalledUnchanged() {
    publication.publish(artifact("old"), folder);
    Publication broken =
        new Publication(
            LEAKS,
            (from, to) -> {
              if (to.endsWith("x.txt") || Files.readString(from).contains("\"old\"")) {
                throw new IOException("no luck");
              }
              Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            });
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> broken.publish(artifact("new"), folder))
        .withMessage(
            "%s is of this run, but the text beside it is not: no luck. Regenerate the text by"
                    .formatted(folder.resolve("x.json"))
                + " `socketlab text`");
  }

  @Test
  void aFailureBetweenTheRenamesRestoresTheOldPair() throws IOException {
    publication.publish(artifact("old"), folder);
    assertThatThrownBy(() -> failingAt("x.txt").publish(artifact("new"), folder))
        .isInstanceOf(PublicationException.class)
        .hasMessageContaining("no luck with x.txt");
    assertPublished("old");
  }

  @Test
  void aFailureBetweenTheRenamesLeavesNothingWhereNothingWas() throws IOException {
    for (String file : List.of("x.json", "x.txt")) {
      assertThatThrownBy(() -> failingAt(file).publish(artifact("new"), folder))
          .isInstanceOf(PublicationException.class);
      assertThat(names(folder)).isEmpty();
    }
  }

  @Test
  void aTornPairIsRecognisedByTheDigestInTheText() throws IOException {
    Publication.Published pair = publication.publish(artifact("old"), folder);
    String lastLine = Files.readAllLines(pair.text()).getLast();
    assertThat(lastLine).isEqualTo(digest(pair.json()) + "  x.json");
    Files.writeString(pair.json(), artifact("new").toJson());
    assertThat(lastLine).doesNotContain(digest(pair.json()));
  }

  private void assertPublished(String title) throws IOException {
    assertThat(folder.resolve("x.txt")).hasContent(artifact(title).toText());
    assertThat(folder.resolve("x.json")).hasContent(artifact(title).toJson());
    assertThat(names(folder)).containsExactly("x.json", "x.txt");
  }

  private static Publication failingAt(String fileName) {
    boolean[] failed = {false};
    return new Publication(
        LEAKS,
        (from, to) -> {
          if (to.endsWith(fileName) && !failed[0]) {
            failed[0] = true;
            throw new IOException("no luck with " + fileName);
          }
          Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  private static Artifact artifact(String title) {
    return Samples.minimal("x").title(title).build();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static String digest(Path file) throws IOException {
    return SourceDigest.hexSha256(Files.readString(file).getBytes(StandardCharsets.UTF_8));
  }
}

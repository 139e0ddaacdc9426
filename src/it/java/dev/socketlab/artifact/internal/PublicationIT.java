package dev.socketlab.artifact.internal;

import static dev.socketlab.artifact.Column.informational;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import dev.socketlab.internal.os.Command;
import dev.socketlab.testkit.SystemWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Publishes to a file system of 64 KiB that is really full, and to one that is really read-only.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a tmpfs is mounted")
class PublicationIT {
  private static final Duration TIME_OUT = Duration.ofSeconds(5);

  private static final Provenance PROVENANCE = ProvenanceCapture.capture();

  @TempDir Path folder;

  @BeforeEach
  void mountSmallFileSystem() {
    Command.Outcome mounted =
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder.toString());
    assumeThat(mounted)
        .as("mounting a tmpfs needs root and CAP_SYS_ADMIN, and here gave %s", mounted)
        .matches(PublicationIT::succeeded, "succeeds");
  }

  @AfterEach
  void unmount() {
    run("umount", folder.toString());
  }

  @Test
  void aFullDiskKeepsTheOldPairAndLeavesNoStagedFile() throws IOException {
    Publication.guarded().publish(artifact("old", 1), folder);
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> Publication.guarded().publish(artifact("new", 1_000), folder))
        .withMessageContaining("to folder " + folder)
        .withMessageContaining(SystemWords.NO_SPACE.toString())
        .withMessageContaining("Make room");
    assertOldPair();
  }

  @Test
  void aFullDiskKeepsTheOldPairWhenOnlyTheSecondFileDoesNotFit() throws IOException {
    Publication.guarded().publish(artifact("old", 1), folder);
    Artifact next = artifact("new", 1);
    Path filler = folder.resolve("filler");
    int pages = 0;
    // Fill page by page until the JSON alone still fits: then staging the text must fail.
    while (freeBytes() - next.toJson().length() >= 4096) {
      Files.write(filler, new byte[4096 * ++pages]);
    }
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> Publication.guarded().publish(next, folder))
        .withMessageContaining(SystemWords.NO_SPACE.toString());
    Files.delete(filler);
    assertOldPair();
  }

  @Test
  void aReadOnlyFolderKeepsTheOldPair() throws IOException {
    Publication.guarded().publish(artifact("old", 1), folder);
    assertThat(run("mount", "-o", "remount,ro", folder.toString()))
        .matches(PublicationIT::succeeded, "succeeds");
    assertThatExceptionOfType(PublicationException.class)
        .isThrownBy(() -> Publication.guarded().publish(artifact("new", 1), folder))
        .withMessageContaining(SystemWords.READ_ONLY.toString())
        .withMessageContaining("make the folder writable");
    assertOldPair();
  }

  private void assertOldPair() throws IOException {
    Artifact old = artifact("old", 1);
    assertThat(folder.resolve("full_disk.txt")).hasContent(old.toText());
    assertThat(folder.resolve("full_disk.json")).hasContent(old.toJson());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .containsExactlyInAnyOrder("full_disk.txt", "full_disk.json");
    }
  }

  private long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  private static Artifact artifact(String title, int rows) {
    Table.Builder table = Table.named("filling", informational("text"));
    for (int i = 0; i < rows; i++) {
      table.row("row " + i + " of a table that takes room");
    }
    return Artifact.named("full_disk")
        .experiment("full-disk")
        .title(title)
        .command("mvn verify")
        .date(Instant.EPOCH)
        .provenance(PROVENANCE)
        .table(table.build())
        .build();
  }

  private static Command.Outcome run(String... command) {
    return Command.of(command).within(TIME_OUT).run();
  }

  private static boolean succeeded(Command.Outcome outcome) {
    return outcome instanceof Command.Ended ended && ended.exitCode() == 0;
  }
}

package dev.socketlab.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands here are of Unix")
class CommandTest {

  private static final int MORE_THAN_A_PIPE_HOLDS = 200_000;

  private @TempDir Path folder;

  private static Command shell(String script) {
    return Command.of("sh", "-c", script);
  }

  @Test
  void aCommandRunsInTheLocaleThatAProgramCanRead() {
    assertThat(shell("echo $LC_ALL; cat; pwd").in(folder).run())
        .isEqualTo(new Command.Ended(0, "C\n" + folder + "\n", ""));
  }

  @Test
  void outputAndErrorsAreKeptApartOrTogether() {
    Command both = shell("echo out; echo err >&2; exit 3");
    assertThat(both.run()).isEqualTo(new Command.Ended(3, "out\n", "err\n"));
    assertThat(both.withErrorsInOutput().run()).isEqualTo(new Command.Ended(3, "out\nerr\n", ""));
  }

  @Test
  void moreOutputThanAPipeHoldsIsNoDeadlock() {
    assertThat(shell("head -c " + MORE_THAN_A_PIPE_HOLDS + " /dev/zero | tr '\\0' x").run())
        .isEqualTo(new Command.Ended(0, "x".repeat(MORE_THAN_A_PIPE_HOLDS), ""));
  }

  @Test
  void aCommandThatEndsWithoutReadingSaysWhy() {
    assertThat(shell("echo refused >&2; exit 2").reading("x".repeat(MORE_THAN_A_PIPE_HOLDS)).run())
        .isEqualTo(new Command.Ended(2, "", "refused\n"));
    assertThat(shell("cat").reading("word").run()).isEqualTo(new Command.Ended(0, "word", ""));
  }

  @Test
  void aCommandThatDoesNotExistWasNotStarted() {
    assertThat(Command.of("no-such-tool-here").run())
        .isEqualTo(new Command.NotRun("is not on the path or cannot be started", false));
  }

  @Test
  void whatElseStandsInTheWayIsSaidWithoutThePathInTheMessage() {
    for (String error :
        List.of("error=24, Too many", "Bad file descriptor, error: 24 (Too many)")) {
      assertThat(
              Command.whyNotStarted(
                  new IOException("Cannot run program \"x\" (in directory \"/y\"): " + error)))
          .isEqualTo("cannot be started: " + ErrorText.of(24));
    }
    assertThat(Command.whyNotStarted(new IOException("other")))
        .isEqualTo("is not on the path or cannot be started");
  }

  @Test
  void aCommandThatHangsIsEndedWithItsChildren() throws IOException {
    assertThat(
            shell("sleep 60 & echo $! > pid; wait")
                .in(folder)
                .within(Duration.ofMillis(1_500))
                .run())
        .isInstanceOfSatisfying(
            Command.NotRun.class,
            notRun -> {
              assertThat(notRun.started()).isTrue();
              assertThat(notRun.why()).matches("did not answer within \\d+ ms");
            });
    long child = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    // What is dead but not yet reaped by its new parent still has a handle, but no command.
    await().until(() -> ProcessHandle.of(child).flatMap(p -> p.info().command()).isEmpty());
  }

  @Test
  void linesAreSeenWhileTheCommandRuns() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Path answer = folder.resolve("answer");
    Command waiting =
        shell("echo question; while ! [ -e answer ]; do sleep 0.02; done; echo end")
            .in(folder)
            .watchedBy(line -> {
              seen.add(line);
              if (line.equals("question")) {
                answer.toFile().mkdir();
              }
            });
    assertThat(waiting.run()).isEqualTo(new Command.Ended(0, "question\nend\n", ""));
    assertThat(seen).containsExactly("question", "end");
  }
}

package dev.socketlab.gate.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run that would run out of descriptors on its way is refused before anything starts. */
@Tag("isolation")
@RequiresLinux
@RequiresTool("prlimit")
class FewDescriptorsIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  /** Stands for what runs tests: Maven, Gradle, an IDE. */
  static final class TestJvm {
    private TestJvm() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) {
      try (LauncherSession session = LauncherFactory.openSession()) {
        System.out.println("opened " + session.getLauncher());
      }
    }
  }

  private Subject testJvm(int descriptors) {
    return SubjectBuilder.java(folder, subjects::add, TestJvm.class, List.of())
        .under("prlimit", "--nofile=" + descriptors + ":" + descriptors)
        .launch();
  }

  @Test
  void inOneLineThatSaysWhatIsLeftAndWhatToDo() {
    Subject jvm = testJvm(144);

    jvm.awaitOutput(
        Pattern.compile(
            "socketlab needs 256 file descriptors, and this JVM has \\d+ left \\(\\d+ of 144 are"
                + " open\\): raise the limit before the run, ulimit -n 4096"),
        SOON);
    assertThat(jvm.awaitExit(SOON)).isNotZero();
  }

  @Test
  void withEnoughOfThemItStarts() {
    Subject jvm = testJvm(1024);

    jvm.awaitOutput(Pattern.compile("opened "), SOON);
    assertThat(jvm.awaitExit(SOON)).isZero();
  }
}

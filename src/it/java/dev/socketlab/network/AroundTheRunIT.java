package dev.socketlab.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.probe.NetDevices;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way without root: {@code unshare -Urn} around a JVM of a user without any privilege gives it
 * two hosts. Without it, the refusal names what is missing.
 */
@Tag("isolation")
@RequiresLinux
@RequiresTool("setpriv")
@RequiresTool("unshare")
@RequiresTool("ip")
class AroundTheRunIT {

  private static final String[] NOBODY = {
    "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"
  };
  private static final Duration SOON = Duration.ofSeconds(20);

  private @TempDir Path folder;
  private final List<Subject> subjects = new ArrayList<>();

  /** Only root can, and not where a user namespace maps no other user. */
  @BeforeEach
  void anotherUserCanBeHad() {
    String refusal = attempt("true");
    assumeTrue(refusal.isEmpty(), "becoming another user is refused here: " + refusal);
  }

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  /** Opens two hosts and says so, or says why not. */
  static final class Attempt {
    private Attempt() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws Exception {
      try (TwoHosts hosts = TwoHosts.open()) {
        System.out.println("opened " + hosts.peer().call(() -> NetDevices.read().all().keySet()));
      } catch (NetworkRefusedException refusal) {
        System.out.println("refused " + refusal.getMessage());
      }
    }
  }

  @Test
  void aUserWithoutPrivilegesHasTwoHostsInANamespaceOfItsOwn() throws IOException {
    String around = attempt("unshare", "-Urn", "true");
    assumeTrue(around.isEmpty(), "user namespaces are closed here: " + around);
    assertThat(attempt(javaUnder("unshare", "-Urn"))).contains("opened [lo, link0]");
  }

  @Test
  void withoutItTheMissingPrivilegeIsNamed() throws IOException {
    assertThat(attempt(javaUnder()))
        .contains("refused unshare(CLONE_NEWNET) was refused: EPERM: CAP_SYS_ADMIN is missing");
  }

  /** Runs a command as nobody; what it printed. */
  private String attempt(String... command) {
    Subject subject =
        SubjectBuilder.command(folder, subjects::add, List.of(command)).under(NOBODY).launch();
    subject.awaitExit(SOON);
    return String.join("\n", subject.outputLines());
  }

  private String[] javaUnder(String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            readableClassPath(),
            Attempt.class.getName()));
    return command.toArray(String[]::new);
  }

  /** Copies what the program needs to where everybody can read it. */
  private String readableClassPath() throws IOException {
    Set<Path> sources = new LinkedHashSet<>();
    for (Class<?> type : List.of(Attempt.class, TwoHosts.class, Awaitility.class, Matcher.class)) {
      sources.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()));
    }
    Path readable = Files.createDirectory(folder.resolve("classes"));
    List<Path> entries = new ArrayList<>();
    for (Path source : sources) {
      entries.add(copy(source, readable.resolve("" + entries.size())));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private static Path copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.toList()) {
        Path copied = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copied);
        } else {
          Files.copy(file, copied);
        }
      }
    }
    return target;
  }
}

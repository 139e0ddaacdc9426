package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.socketlab.testkit.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyscallFaultTest {

  private static final SyscallFault EMFILE = SyscallFault.error("EMFILE", "accept4", "accept");

  private @TempDir Path folder;

  @Test
  void numbersAreWrittenAsStraceTakesThem() {
    assertThat(EMFILE.option()).isEqualTo("inject=accept,accept4:error=EMFILE:when=1+");
    assertThat(EMFILE.nth(3).option()).endsWith(":when=3");
    assertThat(EMFILE.nth(3, 7).option()).endsWith(":when=3..7");
    assertThat(EMFILE.from(3).option()).endsWith(":when=3+");
    assertThat(SyscallFault.result(10, "write").nth(1).option())
        .isEqualTo("inject=write:retval=10:when=1");
    assertThat(EMFILE).hasToString("accept|accept4 fails with EMFILE, each call");
    assertThat(EMFILE.nth(3).nth(4, 5))
        .hasToString("accept|accept4 fails with EMFILE, calls 4 to 5");
    assertThat(SyscallFault.result(0, "write").from(2))
        .hasToString("write returns 0, from call 2 on");
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyscallFault.error("too many files", "accept"))
        .withMessageContaining("error=\"too many files\"");
    assertThatIllegalArgumentException().isThrownBy(() -> SyscallFault.error("EMFILE"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyscallFault.error("EMFILE", "accept:when=1"))
        .withMessageContaining("calls: \"accept:when=1\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SyscallFault.result(-1, "write"))
        .withMessageContaining("result=-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EMFILE.nth(0))
        .withMessage("number=0 must be from 1 to 65534");
    assertThatIllegalArgumentException().isThrownBy(() -> EMFILE.from(65_535));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EMFILE.nth(7, 3))
        .withMessage("last=3 is before first=7");
  }

  private SubjectBuilder cat() {
    return SubjectBuilder.command(folder, _ -> {}, List.of("cat"));
  }

  @Test
  void aCallHasOneFaultAndASubjectOneParent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cat().injecting(EMFILE, SyscallFault.error("EINTR", "accept").nth(1)))
        .withMessageContaining("two are of accept,");
    assertThatIllegalStateException()
        .isThrownBy(() -> cat().injecting(EMFILE).childOf("strace", "-f").launch())
        .withMessageContaining("cannot be the child of strace -f too");
    try (Subject without = cat().launch()) {
      assertThatIllegalStateException()
          .isThrownBy(without::injected)
          .withMessageContaining("was started without faults");
    }
  }

  @Test
  void aMissingProgramIsNamedBeforeAnythingRuns() {
    assertThatExceptionOfType(SubjectException.class)
        .isThrownBy(() -> Injection.require(List.of(EMFILE), "server", _ -> "/no/strace"))
        .withMessageStartingWith(
            "subject server cannot be given the faults [accept|accept4 fails with EMFILE, each"
                + " call]: strace cannot be started: ")
        .withMessageEndingWith("; install it, on Debian: apt-get install strace");
  }

  @Test
  void injectedCallsAreCountedByName() throws IOException {
    Path lines = folder.resolve("x-faults.txt");
    Capture capture = Capture.of("strace-6.1-injected.txt");
    Files.write(lines, capture.lines());
    Injection injection =
        new Injection(
            List.of(EMFILE.nth(2), SyscallFault.result(2, "write").nth(2)),
            new SubjectOutput(lines));
    assertThat(injection.counted()).isEqualTo(Map.of("accept", 1L, "accept4", 0L, "write", 5L));
    Files.writeString(
        lines, "7 <... write resumed>) = 2 (INJECTED)\n8 write(1, \"\"..., 3) = 2 (INJECTED)");
    assertThat(injection.counted()).as("one line is complete").containsEntry("write", 1L);
    Files.writeString(lines, "odd (INJECTED)\n");
    assertThatExceptionOfType(SubjectException.class)
        .isThrownBy(injection::counted)
        .withMessageContaining("has a line of another form: odd (INJECTED)");
  }
}

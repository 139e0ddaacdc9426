package dev.socketlab.subject.internal;

import dev.socketlab.internal.os.Command;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The command of an strace that runs a subject as its child, and writes to a file. */
public final class StraceParent {

  /** The program. */
  public static final String PROGRAM = "strace";

  private StraceParent() {}

  /**
   * Puts the command together. strace writes numbers as the locale has them, and its child inherits
   * what it has; so strace runs in another locale and gives the subject's own back. Where the
   * subject runs, in a container perhaps, only a shell there knows what that is.
   *
   * <p>The traced child is stopped, not strace: with {@code -o FILE} a launched strace ignores
   * SIGTERM without {@code -I2}.
   *
   * @param file that strace writes to
   * @param options what strace is to do with its child and all that it starts
   * @return the words before those of the subject
   */
  public static String[] command(Path file, String... options) {
    String strace =
        "%1$s=%2$s exec \"$0\" -E \"%1$s${%1$s+=$%1$s}\" \"$@\""
            .formatted(Command.LOCALE_VARIABLE, Command.LOCALE);
    return Stream.of(
            List.of("/bin/sh", "-c", strace, PROGRAM, "-f"),
            List.of(options),
            List.of("-e", "verbose=none", "-s", "0", "-I2", "-o", file.toString(), "--"))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }
}

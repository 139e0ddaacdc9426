package dev.socketlab.probe;

import dev.socketlab.probe.internal.Line;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An open descriptor of a process: what it is of, and whether a program that the process becomes or
 * starts gets it too. From {@code /proc/<pid>/fd} and {@code /proc/<pid>/fdinfo} (man 5 proc).
 *
 * {@snippet :
 * List<OpenDescriptor> inherited =
 *     OpenDescriptor.of(server.pid()).stream()
 *         .filter(descriptor -> descriptor.kind() == DescriptorKind.SOCKET)
 *         .filter(descriptor -> !descriptor.closeOnExec())
 *         .toList();
 * }
 *
 * @param number the descriptor
 * @param kind what it is of, never {@link DescriptorKind#NONE}
 * @param target what its link says: a path, or for instance {@code socket:[4711]}, {@code
 *     anon_inode:[eventpoll]}
 * @param closeOnExec whether exec closes it (O_CLOEXEC, FD_CLOEXEC)
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record OpenDescriptor(int number, DescriptorKind kind, String target, boolean closeOnExec) {
  private static final long O_CLOEXEC = 0x8_0000; // asm-generic/fcntl.h, 02000000
  private static final int OCTAL = 8;

  /** One that is closed and opened anew while it is read, again and again, is left out. */
  private static final int LOOKS = 10;

  /**
   * Read the open descriptors of a process.
   *
   * <p>Reading another user's process needs the right to trace it. A descriptor that is closed
   * meanwhile is left out.
   *
   * @param pid a process of the reader's pid namespace
   * @return its descriptors, by number
   * @throws ProbeException if the process does not exist, has ended, or may not be inspected
   */
  public static List<OpenDescriptor> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    Path directory = process.resolve("fd");
    List<OpenDescriptor> found = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(directory)) {
      for (Path link : links) {
        read(link, process.resolve("fdinfo").resolve(link.getFileName())).ifPresent(found::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw ProbeException.unreadable(directory.toString(), e);
    }
    found.sort(Comparator.comparingInt(OpenDescriptor::number));
    return List.copyOf(found);
  }

  private static Optional<OpenDescriptor> read(Path link, Path info) throws IOException {
    try {
      for (int n = 0; n < LOOKS; n++) {
        String target = Files.readSymbolicLink(link).toString();
        boolean closeOnExec = closeOnExec(info.toString(), Files.readAllLines(info));
        if (Files.readSymbolicLink(link).toString().equals(target)) {
          return Optional.of(
              new OpenDescriptor(
                  Integer.parseInt(link.getFileName().toString()),
                  DescriptorKind.ofLink(target),
                  target,
                  closeOnExec));
        }
      }
    } catch (NoSuchFileException _) {
      // It has been closed.
    }
    return Optional.empty();
  }

  static boolean closeOnExec(String source, List<String> info) {
    for (Line line : Line.of(source, info)) {
      if (line.text().startsWith("flags:")) {
        String flags = line.text().substring("flags:".length()).strip();
        if (!flags.matches("[0-7]{1,16}")) {
          throw line.malformed("flags as an octal number");
        }
        return (Long.parseLong(flags, OCTAL) & O_CLOEXEC) != 0;
      }
    }
    throw ProbeException.incomplete(source, "a line \"flags:\"");
  }
}

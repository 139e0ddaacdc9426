package dev.socketlab.probe;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The sockets that a process holds open, by inode: the links {@code /proc/<pid>/fd/*} that read
 * {@code socket:[inode]}. They connect a process to {@link TcpSockets}, {@link UdpSockets} and
 * {@link UnixSocket}; {@link OpenDescriptor} tells of descriptors of every kind.
 *
 * <p>Reading another user's process needs the right to trace it. A descriptor that is closed while
 * the directory is read is left out: it is no longer held.
 *
 * {@snippet :
 * List<TcpSocket> listeners =
 *     TcpSockets.readListeners().listenersOf(ProcessSockets.of(server.pid()));
 * }
 *
 * @param pid the process
 * @param inodes inode numbers of its sockets, in ascending order
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ProcessSockets(long pid, Set<Long> inodes) {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  @SuppressWarnings("doclint:missing")
  public ProcessSockets {
    inodes = Collections.unmodifiableSet(new TreeSet<>(inodes));
  }

  /**
   * Read the sockets of a process.
   *
   * @param pid a process of the reader's pid namespace
   * @return its sockets
   * @throws ProbeException if the process does not exist, has ended, or may not be inspected
   */
  public static ProcessSockets of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid), "fd");
    Set<Long> inodes = new TreeSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      for (Path descriptor : descriptors) {
        socketInode(descriptor).ifPresent(inodes::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw ProbeException.unreadable(directory.toString(), e);
    }
    return new ProcessSockets(pid, inodes);
  }

  /** The descriptor by which a process holds a socket. */
  static OptionalInt descriptorOf(long pid, long inode) {
    Path directory = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      for (Path descriptor : descriptors) {
        if (socketInode(descriptor).equals(OptionalLong.of(inode))) {
          return OptionalInt.of(Integer.parseInt(descriptor.getFileName().toString()));
        }
      }
      return OptionalInt.empty();
    } catch (IOException | DirectoryIteratorException e) {
      throw ProbeException.unreadable(directory.toString(), e);
    }
  }

  private static OptionalLong socketInode(Path descriptor) throws IOException {
    try {
      return inode(Files.readSymbolicLink(descriptor).toString());
    } catch (NoSuchFileException _) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong inode(String link) {
    Matcher socket = SOCKET.matcher(link);
    return socket.matches()
        ? OptionalLong.of(Long.parseLong(socket.group(1)))
        : OptionalLong.empty();
  }

  /**
   * Tell whether the process holds a socket.
   *
   * @param inode the socket's inode, as the socket tables show it
   * @return whether it is among {@link #inodes()}
   */
  public boolean holds(long inode) {
    return inodes.contains(inode);
  }
}

package dev.socketlab.probe;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a file descriptor refers to, as the kernel names it in {@code /proc/PID/fd}. A server reads
 * sockets and, where it hands a connection from thread to thread, the eventfds or pipes by which
 * its threads wake each other: the same system call, and another matter.
 *
 * {@snippet :
 * assertThat(mix.on(DescriptorKind.SOCKET)).callsPerOperation("read").isEqualTo(1);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public enum DescriptorKind {
  /** A socket of any family, a listening one too. */
  SOCKET,
  /** A counter by which threads wake each other: eventfd(2). */
  EVENTFD,
  /** A pipe or FIFO without a name. */
  PIPE,
  /** An epoll instance: epoll(7). */
  EPOLL,
  /** What has a path: a file, a directory, a device. */
  FILE,
  /** Something else, such as a timer or an io_uring. */
  OTHER,
  /** No open descriptor: the call's first argument is none. */
  NONE;

  /**
   * Tells the kind from the target of a link in {@code /proc/PID/fd}.
   *
   * @param target for instance {@code socket:[15768]} or {@code anon_inode:[eventfd]}
   * @return the kind, never {@link #NONE}
   */
  public static DescriptorKind ofLink(String target) {
    if (target.startsWith("socket:")) {
      return SOCKET;
    }
    if (target.startsWith("pipe:")) {
      return PIPE;
    }
    if (target.startsWith("/")) {
      return FILE;
    }
    if (target.startsWith("anon_inode:[eventfd")) {
      return EVENTFD;
    }
    return target.startsWith("anon_inode:[eventpoll") ? EPOLL : OTHER;
  }
}

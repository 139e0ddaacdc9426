package dev.socketlab.probe;

import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.internal.os.SystemCalls;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The options of a socket of another process, read by getsockopt(2) from a duplicate of its
 * descriptor (pidfd_getfd(2), Linux 5.6). The process is not stopped and does not notice.
 *
 * <p>It needs the right to trace the process: root or CAP_SYS_PTRACE; or a process of the same user
 * that the test has started, where {@code kernel.yama.ptrace_scope} is 1. {@code
 * RequiresSocketOptions} is the gate.
 *
 * {@snippet :
 * TcpSocket end = TcpSockets.readOnPort(port).heldBy(ProcessSockets.of(server.pid())).getFirst();
 * SocketOptionValues options = SocketOptionValues.of(server.pid(), end.inode());
 * assertThat(options.value("TCP_NODELAY")).hasValue(1);
 * }
 *
 * @param values each option that the socket has, by its name
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SocketOptionValues(SortedMap<String, Long> values) {

  private record Option(String name, int level, int number) {}

  private static final int SOL_SOCKET = 1;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int TCP_INFO_BYTES = 512; // more than any kernel has
  private static final int IPPROTO_IPV6 = 41;
  private static final String SO_LINGER = "SO_LINGER";

  private static final List<Option> OPTIONS =
      List.of(
          new Option("SO_REUSEADDR", SOL_SOCKET, 2),
          new Option("SO_SNDBUF", SOL_SOCKET, 7),
          new Option("SO_RCVBUF", SOL_SOCKET, 8),
          new Option("SO_KEEPALIVE", SOL_SOCKET, 9),
          new Option(SO_LINGER, SOL_SOCKET, 13),
          new Option("SO_REUSEPORT", SOL_SOCKET, 15),
          new Option("TCP_NODELAY", IPPROTO_TCP, 1),
          new Option("TCP_KEEPIDLE", IPPROTO_TCP, 4),
          new Option("TCP_KEEPINTVL", IPPROTO_TCP, 5),
          new Option("TCP_KEEPCNT", IPPROTO_TCP, 6),
          new Option("TCP_USER_TIMEOUT", IPPROTO_TCP, 18),
          new Option("IPV6_V6ONLY", IPPROTO_IPV6, 26));

  /** A descriptor may be closed, and its number given to another, before it is duplicated. */
  private static final int ATTEMPTS = 10;

  @SuppressWarnings("doclint:missing")
  public SocketOptionValues {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Read the options of a socket.
   *
   * @param pid the process that holds it
   * @param inode the socket, as {@link TcpSocket#inode} tells it
   * @return its options
   * @throws ProbeException if the process does not hold the socket, or the right to trace it is
   *     missing; the message says what gives it
   */
  public static SocketOptionValues of(long pid, long inode) {
    return read(pid, inode, SocketOptionValues::of);
  }

  /**
   * Read {@code struct tcp_info} of a socket that sock_diag may not find any more: one that was
   * reset is out of the kernel's tables, and yet the process holds it.
   *
   * @param pid the process that holds it; of the reader's own no right to trace is needed
   * @param inode the socket, as {@link TcpSocket#inode} tells it
   * @return what {@link SocketDetail#tcpInfo} tells; the rest is absent
   * @throws ProbeException as {@link #of} does, and if it is no socket of TCP
   */
  public static SocketDetail tcpInfo(long pid, long inode) {
    return read(pid, inode, SocketOptionValues::tcpInfoOf);
  }

  private static <T> T read(long pid, long inode, IntFunction<T> reading) {
    String target = "socket:[" + inode + "]";
    String source = "/proc/" + pid + "/fd";
    for (int n = 0; n < ATTEMPTS; n++) {
      int descriptor =
          ProcessSockets.descriptorOf(pid, inode)
              .orElseThrow(
                  () -> ProbeException.inconsistent(source, "the process holds no " + target));
      Optional<T> read = read(pid, descriptor, target, reading);
      if (read.isPresent()) {
        return read.get();
      }
    }
    throw ProbeException.inconsistent(source, target + " changes its descriptor all the time");
  }

  private static <T> Optional<T> read(
      long pid, int descriptor, String target, IntFunction<T> reading) {
    if (pid == ProcessHandle.current().pid()) {
      return Optional.of(reading.apply(descriptor)); // no duplicate of what is ours
    }
    int own = duplicate(pid, descriptor);
    if (own == -SystemCalls.EBADF) {
      return Optional.empty();
    }
    try {
      return link(own).equals(target) ? Optional.of(reading.apply(own)) : Optional.empty();
    } finally {
      SystemCalls.close(own);
    }
  }

  private static String link(int descriptor) {
    Path link = Path.of("/proc/self/fd", Integer.toString(descriptor));
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw ProbeException.unreadable(link.toString(), e);
    }
  }

  /** A descriptor, or that the process has closed it. */
  private static int duplicate(long pid, int descriptor) {
    int own = attempt(pid, descriptor);
    if (own < 0 && own != -SystemCalls.EBADF) {
      throw ProbeException.inconsistent(
          "pidfd_getfd of pid " + pid, "a socket cannot be looked at: " + why(-own));
    }
    return own;
  }

  private static int attempt(long pid, int descriptor) {
    try {
      return SystemCalls.duplicateOf(pid, descriptor);
    } catch (IllegalCallerException denied) {
      throw ProbeException.unreadable(
          "pidfd_getfd; add --enable-native-access=ALL-UNNAMED", denied);
    }
  }

  private static String why(int errno) {
    return switch (errno) {
      case SystemCalls.EPERM ->
          "EPERM: the right to trace the process is missing; be root, in a container with --cap-add"
              + " SYS_PTRACE, or start the process from the test (kernel.yama.ptrace_scope = "
              + Sysctl.find("kernel.yama.ptrace_scope").orElse("absent")
              + ")";
      case SystemCalls.ESRCH -> "ESRCH: there is no such process";
      case SystemCalls.ENOSYS -> "ENOSYS: needs Linux 5.6, or a seccomp filter hides the call";
      default -> "errno " + errno;
    };
  }

  private static SocketOptionValues of(int descriptor) {
    SortedMap<String, Long> values = new TreeMap<>();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT, 2);
      for (Option option : OPTIONS) {
        MemorySegment part = value.asSlice(0, option.name().equals(SO_LINGER) ? 8 : Integer.BYTES);
        int result = SystemCalls.getsockopt(descriptor, option.level(), option.number(), part);
        if (result == 0) {
          values.put(option.name(), number(option, value));
        } else if (result != -SystemCalls.ENOPROTOOPT && result != -SystemCalls.EOPNOTSUPP) {
          throw ProbeException.inconsistent(
              "getsockopt", "%s cannot be read: errno %d".formatted(option.name(), -result));
        }
      }
    }
    return new SocketOptionValues(values);
  }

  private static SocketDetail tcpInfoOf(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(TCP_INFO_BYTES);
      int bytes = SystemCalls.optionBytes(descriptor, IPPROTO_TCP, TCP_INFO, value);
      if (bytes < 0) {
        throw ProbeException.inconsistent("getsockopt", "TCP_INFO cannot be read: errno " + -bytes);
      }
      ByteBuffer read = ByteBuffer.wrap(value.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
      return SocketDetail.ofTcpInfo(read.order(ByteOrder.nativeOrder()));
    }
  }

  private static long number(Option option, MemorySegment value) {
    long first = value.getAtIndex(ValueLayout.JAVA_INT, 0);
    if (!option.name().equals(SO_LINGER)) {
      return first;
    }
    return first == 0 ? -1 : value.getAtIndex(ValueLayout.JAVA_INT, 1);
  }

  /**
   * Tell an option.
   *
   * @param name {@code SO_RCVBUF} and {@code SO_SNDBUF}, bytes as granted, which is twice what was
   *     asked for; {@code SO_LINGER}, seconds, or -1 where it is off; {@code TCP_KEEPIDLE} and
   *     {@code TCP_KEEPINTVL}, seconds; {@code TCP_KEEPCNT}, probes; {@code TCP_USER_TIMEOUT},
   *     milliseconds, or 0 where it is off; {@code SO_KEEPALIVE}, {@code SO_REUSEADDR}, {@code
   *     SO_REUSEPORT}, {@code TCP_NODELAY}, {@code IPV6_V6ONLY}, 1 or 0
   * @return its value; absent where a socket of this kind has no such option
   * @throws IllegalArgumentException if it is none of these
   */
  public OptionalLong value(String name) {
    if (OPTIONS.stream().noneMatch(option -> option.name().equals(name))) {
      throw new IllegalArgumentException(
          "name=\"%s\" is none of the options that are read: %s"
              .formatted(name, String.join(", ", OPTIONS.stream().map(Option::name).toList())));
    }
    Long value = values.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * Try it on a process that is started for it.
   *
   * @return what stands in the way; empty where nothing does
   */
  public static Optional<String> obstacle() {
    try {
      Process process = new ProcessBuilder("cat").start();
      try {
        int own = SystemCalls.duplicateOf(process.pid(), 0);
        if (own < 0) {
          return Optional.of(why(-own));
        }
        SystemCalls.close(own);
        return Optional.empty();
      } finally {
        process.destroyForcibly();
      }
    } catch (IllegalCallerException denied) {
      return Optional.of(
          "foreign functions are denied to this JVM; add --enable-native-access=ALL-UNNAMED");
    } catch (IOException failure) {
      return Optional.of("no process can be started: " + ErrorText.firstLine(failure));
    }
  }
}

package dev.socketlab.internal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * System calls of Linux that Java does not make, through the C library. Each is made by the calling
 * thread, which must be a platform thread where the call is about the thread, and returns what the
 * kernel does: a number from 0 on, or the negative error number. Where foreign functions are denied
 * to this JVM, each throws {@link IllegalCallerException}.
 *
 * <p>The constants are those of x86-64 and of AArch64, which differ in none of them ({@code
 * asm-generic/unistd.h} and {@code asm/unistd_64.h}, {@code asm-generic/socket.h}, {@code
 * asm-generic/resource.h}).
 */
@SuppressWarnings("restricted") // there is no other way to make these calls from Java
public final class SystemCalls {

  /** Not permitted. */
  public static final int EPERM = 1;

  /** No such thing; sock_diag says so of a socket, and of a module that is missing. */
  public static final int ENOENT = 2;

  /** No such process. */
  public static final int ESRCH = 3;

  /** Interrupted by a signal. */
  public static final int EINTR = 4;

  /** No such descriptor. */
  public static final int EBADF = 9;

  /** The kernel has no such call. */
  public static final int ENOSYS = 38;

  /** The protocol has no such option. */
  public static final int ENOPROTOOPT = 92;

  /** The socket has no such level of options. */
  public static final int EOPNOTSUPP = 95;

  private static final long SYS_PIDFD_OPEN = 434;
  private static final long SYS_PIDFD_GETFD = 438;
  private static final int O_CLOEXEC = 0x8_0000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  /** The number of arguments that are declared, of functions that take others as well. */
  private static final Map<String, Integer> VARIADIC = Map.of("ioctl", 2, "open", 2, "syscall", 1);

  private static final Map<String, MethodHandle> HANDLES = new ConcurrentHashMap<>();

  private SystemCalls() {}

  /**
   * Leaves what the thread shares: man 2 unshare.
   *
   * @param flags for instance CLONE_NEWNET
   * @return 0
   */
  public static int unshare(int flags) {
    return integer("unshare", flags);
  }

  /**
   * Joins a namespace: man 2 setns.
   *
   * @param descriptor of the namespace's file
   * @param type for instance CLONE_NEWNET
   * @return 0
   */
  public static int setns(int descriptor, int type) {
    return integer("setns", descriptor, type);
  }

  /**
   * Opens a file to be read, close-on-exec: man 2 open.
   *
   * @param path the file
   * @return its descriptor
   */
  public static int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return integer("open", arena.allocateFrom(path), O_CLOEXEC);
    }
  }

  /**
   * Closes a descriptor: man 2 close.
   *
   * @param descriptor of this process
   * @return 0
   */
  public static int close(int descriptor) {
    return integer("close", descriptor);
  }

  /**
   * Opens a socket: man 2 socket.
   *
   * @param domain address family
   * @param type type and flags
   * @param protocol protocol of the family
   * @return its descriptor
   */
  public static int socket(int domain, int type, int protocol) {
    return integer("socket", domain, type, protocol);
  }

  /**
   * Sets or asks something of a device: man 2 ioctl.
   *
   * @param descriptor of this process
   * @param request what
   * @param argument the request's structure
   * @return 0
   */
  public static int ioctl(int descriptor, long request, MemorySegment argument) {
    return integer("ioctl", descriptor, request, argument);
  }

  /**
   * Sends a message: man 2 send.
   *
   * @param descriptor a connected socket, or one of netlink
   * @param message all of it is sent
   * @return bytes sent
   */
  public static long send(int descriptor, MemorySegment message) {
    return number("send", descriptor, message, message.byteSize(), 0);
  }

  /**
   * Receives a message: man 2 recv.
   *
   * @param descriptor a socket
   * @param buffer where to
   * @param flags for instance MSG_DONTWAIT
   * @return bytes received
   */
  public static long recv(int descriptor, MemorySegment buffer, int flags) {
    return number("recv", descriptor, buffer, buffer.byteSize(), flags);
  }

  /**
   * Reads an option of a socket: man 2 getsockopt.
   *
   * @param descriptor a socket of this process
   * @param level for instance SOL_SOCKET
   * @param name the option
   * @param value where to
   * @return 0
   */
  public static int getsockopt(int descriptor, int level, int name, MemorySegment value) {
    return Math.min(0, optionBytes(descriptor, level, name, value));
  }

  /**
   * Reads an option of a socket whose length is the kernel's affair: man 2 getsockopt.
   *
   * @param descriptor a socket of this process
   * @param level for instance IPPROTO_TCP
   * @param name the option
   * @param value where to, long enough
   * @return how many bytes the kernel has written
   */
  public static int optionBytes(int descriptor, int level, int name, MemorySegment value) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.byteSize());
      int result = integer("getsockopt", descriptor, level, name, value, size);
      return result < 0 ? result : size.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /**
   * Takes a duplicate of another process's descriptor, close-on-exec: man 2 pidfd_open (Linux 5.3),
   * man 2 pidfd_getfd (5.6). It needs the right to trace the process, which goes on meanwhile.
   *
   * @param pid the process
   * @param descriptor its number there
   * @return a descriptor of this process, to be closed
   */
  public static int duplicateOf(long pid, int descriptor) {
    int process = (int) number("syscall", SYS_PIDFD_OPEN, pid, 0L);
    if (process < 0) {
      return process;
    }
    try {
      return (int) number("syscall", SYS_PIDFD_GETFD, (long) process, (long) descriptor, 0L);
    } finally {
      close(process);
    }
  }

  /**
   * Reads and sets a limit of a process that runs: man 2 prlimit.
   *
   * @param pid the process
   * @param resource for instance RLIMIT_NOFILE
   * @param fresh soft and hard limit, two numbers of 64 bits; {@link MemorySegment#NULL} sets none
   * @param former where those go that were in force; {@link MemorySegment#NULL} for nowhere
   * @return 0
   */
  public static int prlimit(long pid, int resource, MemorySegment fresh, MemorySegment former) {
    return integer("prlimit", (int) pid, resource, fresh, former);
  }

  /**
   * Sends a signal: man 2 kill.
   *
   * @param pid the process
   * @param signal its number
   * @return 0
   */
  public static int kill(long pid, int signal) {
    return integer("kill", (int) pid, signal);
  }

  private static int integer(String function, Object... arguments) {
    return (int) call(function, ValueLayout.JAVA_INT, arguments);
  }

  private static long number(String function, Object... arguments) {
    return call(function, ValueLayout.JAVA_LONG, arguments);
  }

  private static long call(String function, MemoryLayout result, Object... arguments) {
    MethodHandle handle =
        HANDLES.computeIfAbsent(
            function + arguments.length, _ -> handle(function, result, arguments));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      List<Object> all = new ArrayList<>();
      all.add(state);
      all.addAll(List.of(arguments));
      long returned = ((Number) handle.invokeWithArguments(all)).longValue();
      return returned >= 0 ? returned : -(int) ERRNO.get(state, 0L);
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(
          "a system call cannot be made from here: " + function, failure);
    }
  }

  private static MethodHandle handle(String function, MemoryLayout result, Object... arguments) {
    MemoryLayout[] layouts =
        Arrays.stream(arguments).map(SystemCalls::layout).toArray(MemoryLayout[]::new);
    List<Linker.Option> options = new ArrayList<>(List.of(Linker.Option.captureCallState("errno")));
    Integer declared = VARIADIC.get(function);
    if (declared != null && declared < arguments.length) {
      options.add(Linker.Option.firstVariadicArg(declared));
    }
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(result, layouts),
        options.toArray(Linker.Option[]::new));
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Integer _ -> ValueLayout.JAVA_INT;
      case Long _ -> ValueLayout.JAVA_LONG;
      default -> ValueLayout.ADDRESS;
    };
  }
}

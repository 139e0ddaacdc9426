package dev.socketlab.place;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The three system calls that give a thread a network of its own: {@code unshare(CLONE_NEWNET)}
 * (man 2 unshare), and {@code ioctl(SIOCSIFFLAGS)} on a socket (man 7 netdevice) to set the new
 * loopback device up. Linux only.
 */
@SuppressWarnings("restricted") // there is no other way to make these calls from Java
final class NetworkNamespace {

  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;
  private static final long SIOCGIFFLAGS = 0x8913;
  private static final long SIOCSIFFLAGS = 0x8914;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;
  private static final short IFF_UP = 1;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private NetworkNamespace() {}

  /**
   * Moves the calling platform thread to a new network and sets its loopback device up.
   *
   * @throws UnsupportedOperationException with the kernel's reason
   */
  static void enterNew() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread has no network of its own");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int refused = (int) handle("unshare", ValueLayout.JAVA_INT).invokeExact(state, CLONE_NEWNET);
      check("unshare(CLONE_NEWNET)", refused, state);
      setLoopbackUp(arena, state);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new UnsupportedOperationException("foreign functions cannot be called here", failure);
    }
  }

  private static void setLoopbackUp(Arena arena, MemorySegment state) throws Throwable {
    MethodHandle socket =
        handle("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    MethodHandle close = handle("close", ValueLayout.JAVA_INT);
    int descriptor = (int) socket.invokeExact(state, AF_INET, SOCK_DGRAM_CLOEXEC, 0);
    check("socket(AF_INET, SOCK_DGRAM)", descriptor, state);
    try {
      MemorySegment request = arena.allocate(IFREQ_BYTES);
      request.setString(0, "lo");
      ioctl("SIOCGIFFLAGS", descriptor, SIOCGIFFLAGS, request, state);
      short flags = request.get(ValueLayout.JAVA_SHORT, IFREQ_FLAGS);
      request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, (short) (flags | IFF_UP));
      ioctl("SIOCSIFFLAGS", descriptor, SIOCSIFFLAGS, request, state);
    } finally {
      int closed = (int) close.invokeExact(state, descriptor);
      check("close", closed, state);
    }
  }

  private static void ioctl(
      String name, int descriptor, long request, MemorySegment argument, MemorySegment state)
      throws Throwable {
    MethodHandle ioctl =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("ioctl"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    int result = (int) ioctl.invokeExact(state, descriptor, request, argument);
    check("ioctl(lo, " + name + ")", result, state);
  }

  private static MethodHandle handle(String function, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
        Linker.Option.captureCallState("errno"));
  }

  private static void check(String call, int result, MemorySegment state) {
    if (result >= 0) {
      return;
    }
    int errno = (int) ERRNO.get(state, 0L);
    String reason = NamespaceRights.ofThisThread().explain(errno);
    throw new UnsupportedOperationException(call + " was refused: " + reason);
  }
}

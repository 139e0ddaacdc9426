package dev.socketlab.network.internal;

import dev.socketlab.internal.os.SystemCalls;
import dev.socketlab.network.NetworkRefusedException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The three system calls that give a thread a network of its own: {@code unshare(CLONE_NEWNET)}
 * (man 2 unshare), and {@code ioctl(SIOCSIFFLAGS)} on a socket (man 7 netdevice) to set the new
 * loopback device up. Linux only.
 *
 * <p>The constants and the layout of {@code struct ifreq} are the same on x86-64 and AArch64: a C
 * program printed them for both (the latter under qemu-aarch64 7.2), and one with these very
 * numbers made the calls on both.
 */
final class NetworkNamespace {

  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x8_0000;
  private static final long SIOCGIFFLAGS = 0x8913;
  private static final long SIOCSIFFLAGS = 0x8914;
  private static final int IFREQ_BYTES = 40;
  private static final int IFREQ_FLAGS = 16;
  private static final short IFF_UP = 1;

  private NetworkNamespace() {}

  /**
   * Moves the calling platform thread to a new network and sets its loopback device up.
   *
   * @throws NetworkRefusedException with the kernel's reason
   */
  static void enterNew() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("a virtual thread has no network of its own");
    }
    try {
      check("unshare(CLONE_NEWNET)", SystemCalls.unshare(CLONE_NEWNET));
      setLoopbackUp();
    } catch (IllegalCallerException denied) {
      throw new NetworkRefusedException(
          "foreign functions are denied to this JVM; add --enable-native-access=ALL-UNNAMED",
          denied);
    }
  }

  private static void setLoopbackUp() {
    int descriptor = SystemCalls.socket(AF_INET, SOCK_DGRAM_CLOEXEC, 0);
    check("socket(AF_INET, SOCK_DGRAM)", descriptor);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_BYTES);
      request.setString(0, "lo");
      check("ioctl(lo, SIOCGIFFLAGS)", SystemCalls.ioctl(descriptor, SIOCGIFFLAGS, request));
      short flags = request.get(ValueLayout.JAVA_SHORT, IFREQ_FLAGS);
      request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, (short) (flags | IFF_UP));
      check("ioctl(lo, SIOCSIFFLAGS)", SystemCalls.ioctl(descriptor, SIOCSIFFLAGS, request));
    } finally {
      check("close", SystemCalls.close(descriptor));
    }
  }

  private static void check(String call, int result) {
    if (result < 0) {
      throw new NetworkRefusedException(
          call + " was refused: " + NamespaceRights.ofThisThread().explain(-result));
    }
  }
}

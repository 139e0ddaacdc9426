package dev.socketlab.qsl.gateway;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.uring.IoUring;
import io.netty.util.NetUtil;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out why a native transport of Netty cannot run here. */
final class NettyAvailability {
  private static final Path IO_URING_DISABLED = Path.of("/proc/sys/kernel/io_uring_disabled");

  /**
   * Netty gives each channel a name that holds a hardware address. It would look at all network
   * interfaces for one, and complain where there is none, as in a network of its own.
   */
  private static final String MACHINE_ID = "io.netty.machineId";

  private static final String NO_MACHINE = "00:00:00:00:00:00";

  /**
   * By default Netty looks for lost buffers: it keeps a stack trace of one allocation in 128, which
   * was about a seventh of a round trip outside of the kernel. Tests track every buffer instead.
   */
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  private static final String IPV4_ONLY = "java.net.preferIPv4Stack";

  private static final int EPERM = 1;

  private static final String DENIED = "Operation not permitted";

  private NettyAvailability() {}

  static Optional<String> whyNoEpoll() {
    return whyNot("epoll", "io.netty.channel.epoll.Epoll")
        .or(() ->
            Epoll.isAvailable()
                ? Optional.empty()
                : Optional.of(rootOf(Epoll.unavailabilityCause())));
  }

  static Optional<String> whyNoIoUring() {
    return whyNot("io_uring42", "io.netty.channel.uring.IoUring")
        .or(() -> whyRefused(ioUringDisabled(IO_URING_DISABLED)));
  }

  static Optional<String> whyRefused(int disabled) {
    if (disabled == 2) {
      return Optional.of("kernel.io_uring_disabled = 2");
    }
    return IoUring.isAvailable()
        ? Optional.empty()
        : Optional.of(
            refusal(
                rootOf(IoUring.unavailabilityCause()),
                disabled,
                isFromTheLibrary(IoUring.unavailabilityCause()) ? denied() : DENIED));
  }

  /**
   * Explain why the kernel refuses although, or because, of its setting.
   *
   * @param denied what the C library says of EPERM in the user's language
   */
  static String refusal(String cause, int disabled, String denied) {
    if (!cause.contains(DENIED) && !cause.contains(denied)) {
      return cause;
    }
    return disabled == 0
        ? "denied, as a seccomp profile does it: " + cause + ", kernel.io_uring_disabled = 0"
        : "not allowed for this user: " + cause + ", kernel.io_uring_disabled = " + disabled;
  }

  /**
   * What the C library says of EPERM, as Netty's own messages have it: in the user's language. To
   * be asked only where Netty's library has been loaded: otherwise the class of its errors could
   * not be initialized, and would stay so in this JVM, for epoll too.
   */
  static String denied() {
    String message = String.valueOf(new NativeIoException("", -EPERM).getMessage());
    return message.substring(message.lastIndexOf(": ") + 1).strip();
  }

  /** An error is of loading it, and what is not supported is so without looking. */
  private static boolean isFromTheLibrary(@Nullable Throwable cause) {
    return cause instanceof RuntimeException && !(cause instanceof UnsupportedOperationException);
  }

  /** Read the kernel's setting; a kernel that has none allows it to everybody. */
  static int ioUringDisabled(Path setting) {
    if (!Files.exists(setting)) {
      return 0;
    }
    try {
      // Reading all bytes at once would return the first one only.
      List<String> lines = Files.readAllLines(setting);
      return Integer.parseInt(lines.getFirst().strip());
    } catch (IOException | NumberFormatException e) {
      throw new IllegalStateException("cannot read: path=" + setting + ", reason=" + e, e);
    }
  }

  private static Optional<String> whyNot(String library, String netty) {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      return Optional.of("needs Linux: os.name=" + system);
    }
    ClassLoader loader = NettyAvailability.class.getClassLoader();
    if (!isPresent(netty, loader)) {
      return Optional.of("Netty is not on the class path: missing=" + netty);
    }
    String architecture = System.getProperty("os.arch", "");
    String file =
        "META-INF/native/libnetty_transport_native_"
            + library
            + "_"
            + nettyName(architecture)
            + ".so";
    if (loader.getResource(file) == null) {
      return Optional.of("no native library: os.arch=" + architecture + ", missing=" + file);
    }
    // Netty would look for other loggers first, at each start, and one of them complains aloud.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    System.getProperties().putIfAbsent(MACHINE_ID, NO_MACHINE);
    System.getProperties().putIfAbsent(LEAK_DETECTION, "disabled");
    preferIpv4();
    return Optional.empty();
  }

  /**
   * Netty's only way to an IPv4 listener on io_uring: when it is first used, it looks at this
   * property once. If something else has used it before, the listener is a dual-stack one.
   */
  private static void preferIpv4() {
    String before = System.setProperty(IPV4_ONLY, "true");
    boolean _ = NetUtil.isIpV4StackPreferred();
    if (before == null) {
      System.clearProperty(IPV4_ONLY);
    } else {
      System.setProperty(IPV4_ONLY, before);
    }
  }

  private static boolean isPresent(String name, ClassLoader loader) {
    try {
      Class.forName(name, false, loader);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static String nettyName(String architecture) {
    return switch (architecture) {
      case "amd64" -> "x86_64";
      case "aarch64" -> "aarch_64";
      default -> architecture;
    };
  }

  private static String rootOf(@Nullable Throwable cause) {
    Throwable root = cause;
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root);
  }
}

package dev.socketlab.network.internal;

import dev.socketlab.probe.Sysctl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rights that a thread has to make a network, and the setting that stands in its way: effective
 * capabilities and seccomp mode from {@code /proc/thread-self/status}, settings from {@code
 * /proc/sys}.
 *
 * @param capabilities the effective set, one bit each (man 7 capabilities)
 * @param seccomp 0 none, 1 strict, 2 a filter
 * @param setting finds a setting by name; empty where the kernel has none of that name
 */
record NamespaceRights(
    long capabilities, long seccomp, Function<String, Optional<String>> setting) {

  private static final Path STATUS = Path.of("/proc/thread-self/status");
  private static final long CAP_SYS_ADMIN = 1L << 21;
  private static final int EPERM = 1;
  private static final int EINVAL = 22;
  private static final int ENOSPC = 28;
  private static final int ENOSYS = 38;
  private static final String AROUND = "`unshare -Urn` around the whole run";

  static NamespaceRights ofThisThread() {
    try {
      List<String> status = Files.readAllLines(STATUS);
      return new NamespaceRights(
          Long.parseUnsignedLong(field(status, "CapEff"), 16),
          Long.parseLong(field(status, "Seccomp")),
          Sysctl::find);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + STATUS, failure);
    }
  }

  private static String field(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException(STATUS + " has no line " + name + ": " + status));
  }

  /** Says why the kernel refused a new network, and what to do about it. */
  String explain(int errno) {
    return switch (errno) {
      case EPERM -> forbidden();
      case ENOSPC ->
          "ENOSPC: user.max_net_namespaces = "
              + setting.apply("user.max_net_namespaces").orElse("unknown")
              + " is reached; raise it with sysctl -w user.max_net_namespaces=10000";
      case EINVAL -> "EINVAL: this kernel has no network namespaces (CONFIG_NET_NS)";
      case ENOSYS -> "ENOSYS: " + filter("a seccomp filter hides the call");
      default -> "errno " + errno;
    };
  }

  private String forbidden() {
    if ((capabilities & CAP_SYS_ADMIN) == 0) {
      return "EPERM: CAP_SYS_ADMIN is missing; run as root, in a container with"
          + " --cap-add SYS_ADMIN, "
          + withoutRoot();
    }
    return "EPERM although CAP_SYS_ADMIN is there: "
        + (seccomp == 0
            ? "a security module forbids it, the kernel's log says which"
            : filter("a seccomp filter forbids it"));
  }

  /** A user namespace would bring the capability, if nothing forbids it. */
  private String withoutRoot() {
    Optional<String> obstacle =
        obstacle("user.max_user_namespaces", "0", "10000")
            .or(() -> obstacle("kernel.unprivileged_userns_clone", "0", "1"))
            .or(() -> obstacle("kernel.apparmor_restrict_unprivileged_userns", "1", "0"));
    if (obstacle.isPresent()) {
      return "or open the way for " + AROUND + ": " + obstacle.get();
    }
    return seccomp == 0
        ? "or with " + AROUND
        : "or with " + AROUND + ", which a container forbids: " + filter("a seccomp filter is on");
  }

  private Optional<String> obstacle(String name, String closed, String open) {
    return setting
        .apply(name)
        .filter(closed::equals)
        .map(value -> name + " = " + value + ", and sysctl -w " + name + "=" + open + " opens it");
  }

  private String filter(String fact) {
    return fact
        + " (Seccomp: "
        + seccomp
        + " in /proc/self/status); start the container with --security-opt seccomp=unconfined";
  }
}

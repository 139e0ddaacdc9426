package dev.socketlab.gate;

import dev.socketlab.internal.os.OperatingSystem;
import java.util.Locale;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * An operating system that an experiment can name.
 *
 * {@snippet :
 * boolean hasKernelTables = Os.current() == Os.LINUX;
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public enum Os {
  /** Linux, any distribution. */
  LINUX("Linux"),
  /** macOS. */
  MAC("macOS"),
  /** Windows. */
  WINDOWS("Windows"),
  /** Anything else. */
  OTHER("other");

  private final String label;

  Os(String label) {
    this.label = label;
  }

  /**
   * The system that this JVM runs on.
   *
   * @return the value for the system property {@code os.name}
   */
  public static Os current() {
    return of(OperatingSystem.name());
  }

  static Os of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("linux")) {
      return LINUX;
    }
    if (lower.startsWith("mac")) {
      return MAC;
    }
    return lower.startsWith("windows") ? WINDOWS : OTHER;
  }

  /**
   * The name that people know it by.
   *
   * @return for instance {@code macOS}
   */
  public String label() {
    return label;
  }
}

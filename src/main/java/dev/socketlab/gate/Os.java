package dev.socketlab.gate;

import java.util.Locale;

/**
 * An operating system that an experiment can name.
 *
 * <pre>{@code
 * boolean hasKernelTables = Os.current() == Os.LINUX;
 * }</pre>
 */
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
    return of(System.getProperty("os.name", ""));
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

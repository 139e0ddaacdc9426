package dev.socketlab.internal.os;

import java.util.Locale;

/** Which operating system this is, by the system property {@code os.name}. */
public final class OperatingSystem {

  private OperatingSystem() {}

  /**
   * Names it.
   *
   * @return the property
   */
  public static String name() {
    return System.getProperty("os.name", "unknown");
  }

  /**
   * Tells whether this is Linux.
   *
   * @return whether it is
   */
  public static boolean isLinux() {
    return name().equals("Linux");
  }

  /**
   * Tells whether this is macOS.
   *
   * @return whether it is
   */
  public static boolean isMac() {
    return name().toLowerCase(Locale.ROOT).startsWith("mac");
  }
}

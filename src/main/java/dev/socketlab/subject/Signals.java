package dev.socketlab.subject;

import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.internal.os.SystemCalls;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sends signals. The numbers are those of Linux on x86-64 and AArch64 (man 7 signal). */
final class Signals {

  static final int CONT = 18;
  static final int STOP = 19;

  private static final Map<String, Integer> NUMBERS =
      Map.of(
          "HUP", 1, "INT", 2, "QUIT", 3, "KILL", 9, "USR1", 10, "USR2", 12, "TERM", 15, "WINCH",
          28);

  private Signals() {}

  static int number(String signal) {
    @Nullable Integer number = NUMBERS.get(signal);
    if (number == null) {
      throw new IllegalArgumentException(
          "signal=\"%s\" must be one of %s; pause() and resume() send STOP and CONT"
              .formatted(signal, String.join(", ", new TreeSet<>(NUMBERS.keySet()))));
    }
    return number;
  }

  /** Why it was not sent; empty where it was. */
  static String send(long pid, int number) {
    if (!OperatingSystem.isLinux()) {
      return "that needs Linux";
    }
    try {
      return why(SystemCalls.kill(pid, number));
    } catch (IllegalCallerException denied) {
      return "foreign functions are denied to this JVM; add --enable-native-access=ALL-UNNAMED";
    }
  }

  /** What a result below 0 means; empty for another. */
  static String why(int result) {
    if (result >= 0) {
      return "";
    }
    return switch (-result) {
      case SystemCalls.EPERM ->
          "EPERM: its process is another user's; be root, or start it as the user of the test";
      case SystemCalls.ESRCH -> "ESRCH: its process has ended";
      default -> "errno " + -result;
    };
  }
}

package dev.socketlab.internal.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What the C library says of an error. A Java exception carries these words and not the number, and
 * the library translates them into the language of the process: {@code Connection refused} is
 * {@code Verbindungsaufbau abgelehnt} below {@code LC_ALL=de_DE.UTF-8}.
 */
public final class ErrorText {

  private static final int LONGEST = 1_024;

  private static final Map<Integer, String> KNOWN = new ConcurrentHashMap<>();

  private ErrorText() {}

  /**
   * Tells whether words are those of an error.
   *
   * @param words the message of an exception
   * @param errno the error's number on Linux
   * @param english how libraries say it in English; one way or several
   * @return whether they begin so, in English or in the language of this process
   */
  public static boolean says(String words, int errno, String... english) {
    return Stream.of(english).anyMatch(words::startsWith)
        || (OperatingSystem.isLinux() && words.startsWith(of(errno)));
  }

  /**
   * Says an error in the language of this process: strerror(3).
   *
   * @param errno the error's number
   * @return the words; {@code errno N} where foreign functions are denied to this JVM
   */
  public static String of(int errno) {
    return KNOWN.computeIfAbsent(errno, ErrorText::ask);
  }

  /**
   * Says why something failed, in one line. Where a process cannot be started a JVM adds a list of
   * guesses about itself, most of them wrong where for instance no descriptor is left.
   *
   * @param failure what was thrown
   * @return the first line of its message
   */
  public static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("").strip();
  }

  @SuppressWarnings("restricted")
  private static String ask(int errno) {
    try {
      Linker linker = Linker.nativeLinker();
      MethodHandle strerror =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("strerror"),
              FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
      MemorySegment words = (MemorySegment) strerror.invokeWithArguments(errno);
      return words
          .reinterpret(LONGEST)
          .getString(0, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    } catch (Throwable denied) { // a method handle declares it
      return "errno " + errno;
    }
  }
}

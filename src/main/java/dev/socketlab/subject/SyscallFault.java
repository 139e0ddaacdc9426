package dev.socketlab.subject;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A fault that a system call of a subject is given, by number: it fails with an error, or returns a
 * result, and the kernel is not asked. strace does it ({@code strace --inject}); see {@link
 * SubjectBuilder#injecting}.
 *
 * <p>Calls are counted from the start of the subject on, for each thread and each name apart, and
 * on whatever descriptor: the third {@code write} of a thread may be a line that it prints. Without
 * {@link #nth} or {@link #from} each call is meant.
 *
 * {@snippet :
 * SyscallFault noDescriptor = SyscallFault.error("EMFILE", "accept", "accept4").nth(3, 7);
 * SyscallFault interrupted = SyscallFault.error("EINTR", "write").nth(1);
 * SyscallFault shortWrite = SyscallFault.result(10, "write").nth(1);
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class SyscallFault {

  /** The highest that strace takes as the last of a range. */
  static final int HIGHEST = 65_534;

  private static final Pattern ERROR = Pattern.compile("E[A-Z0-9]+");
  private static final Pattern CALL = Pattern.compile("[a-z][a-z0-9_]*");
  private static final String LAST_OF_ALL = "+";

  private final Set<String> calls;
  private final String outcome;
  private final String when;
  private final String words;

  private SyscallFault(Set<String> calls, String outcome, String when, String words) {
    this.calls = calls;
    this.outcome = outcome;
    this.when = when;
    this.words = words;
  }

  /**
   * A call fails with an error.
   *
   * @param error its name, for instance {@code EMFILE}
   * @param calls the kernel's names of the calls that may be made, such as {@code accept} and
   *     {@code accept4}; all must exist on this machine
   * @return the fault, of every call
   * @throws IllegalArgumentException if there is no call, or a word is no name
   */
  public static SyscallFault error(String error, String... calls) {
    if (!ERROR.matcher(error).matches()) {
      throw new IllegalArgumentException(
          "error=\"" + error + "\" must be the name of an error, such as EMFILE");
    }
    return of(calls, "error=" + error, "fails with " + error);
  }

  /**
   * A call returns a result and does nothing. A {@code write} of 100 bytes that returns 10 is short
   * for its caller, but the 10 bytes are gone: who receives the rest lacks them. With 0, nothing is
   * gone where the rest is sent. A {@code read} that returns 0 is the end of the input.
   *
   * @param result what is returned, from 0 on
   * @param calls the kernel's names of the calls that may be made, such as {@code write} and {@code
   *     sendto}; all must exist on this machine
   * @return the fault, of every call
   * @throws IllegalArgumentException if there is no call, a word is no name, or the result is
   *     negative
   */
  public static SyscallFault result(long result, String... calls) {
    if (result < 0) {
      throw new IllegalArgumentException(
          "result=" + result + " must be at least 0; for a failure use SyscallFault.error");
    }
    return of(calls, "retval=" + result, "returns " + result);
  }

  private static SyscallFault of(String[] calls, String outcome, String words) {
    if (calls.length == 0) {
      throw new IllegalArgumentException("calls: give at least one, such as accept4");
    }
    for (String call : calls) {
      if (!CALL.matcher(call).matches()) {
        throw new IllegalArgumentException(
            "calls: \"" + call + "\" must be the kernel's name of a call, such as accept4");
      }
    }
    return new SyscallFault(new TreeSet<>(List.of(calls)), outcome, "1+", words + ", each call");
  }

  /**
   * Means one call.
   *
   * @param number 1 for the first that a thread makes, at most 65534
   * @return the same fault, of that call of each thread
   * @throws IllegalArgumentException if it is out of range
   */
  public SyscallFault nth(int number) {
    return when(checked("number", number), "", "call " + number);
  }

  /**
   * Means some calls in a row.
   *
   * @param first 1 for the first that a thread makes
   * @param last the last one, at most 65534
   * @return the same fault, of these calls of each thread
   * @throws IllegalArgumentException if one is out of range, or the last is before the first
   */
  public SyscallFault nth(int first, int last) {
    if (checked("last", last) < checked("first", first)) {
      throw new IllegalArgumentException("last=%d is before first=%d".formatted(last, first));
    }
    return when(first, ".." + last, "calls " + first + " to " + last);
  }

  /**
   * Means all calls but the first ones.
   *
   * @param first 1 for the first that a thread makes, at most 65534
   * @return the same fault, of this and each later call of each thread
   * @throws IllegalArgumentException if it is out of range
   */
  public SyscallFault from(int first) {
    return when(checked("first", first), LAST_OF_ALL, "from call " + first + " on");
  }

  private SyscallFault when(int first, String rest, String numbers) {
    return new SyscallFault(
        calls, outcome, first + rest, words.substring(0, words.lastIndexOf(", ")) + ", " + numbers);
  }

  private static int checked(String parameter, int number) {
    if (number < 1 || number > HIGHEST) {
      throw new IllegalArgumentException(
          "%s=%d must be from 1 to %d".formatted(parameter, number, HIGHEST));
    }
    return number;
  }

  Set<String> calls() {
    return calls;
  }

  /** As strace takes it. */
  String option() {
    return option(when);
  }

  /** The same for a call that nobody makes, to see whether strace takes the rest. */
  String harmlessOption() {
    return option(Integer.toString(HIGHEST));
  }

  private String option(String numbers) {
    return "inject=" + String.join(",", calls) + ":" + outcome + ":when=" + numbers;
  }

  /** In words, for instance {@code accept|accept4 fails with EMFILE, calls 3 to 7}. */
  @Override
  public String toString() {
    return String.join("|", calls) + " " + words;
  }
}

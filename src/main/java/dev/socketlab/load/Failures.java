package dev.socketlab.load;

import dev.socketlab.internal.os.ErrorText;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What went wrong in a load, in all of its parts: connecting, warm-up, measurement, closing.
 *
 * {@snippet :
 * assertThat(result.failures().summary()).as("%s", result.failures().first()).isEqualTo("none");
 * }
 *
 * @param byKind how often, in the order of the kinds; a kind that did not happen is not in it
 * @param first the first of them in words, at most {@link #KEPT} of each driver thread
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Failures(Map<Kind, Long> byKind, List<String> first) {
  /** How many are kept in words. */
  public static final int KEPT = 10;

  /** Copy the values. */
  public Failures {
    Map<Kind, Long> ordered = new EnumMap<>(Kind.class);
    ordered.putAll(byKind);
    byKind = Collections.unmodifiableMap(ordered);
    first = List.copyOf(first);
  }

  /** {@return how many there were} */
  public long total() {
    return byKind.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Return how many of one kind there were.
   *
   * @param kind the kind
   * @return 0 or more
   */
  public long count(Kind kind) {
    return byKind.getOrDefault(kind, 0L);
  }

  /**
   * Return the counts as a cell of a table has them.
   *
   * @return for example {@code reset=2 timed_out=1}, or {@code none}
   */
  public String summary() {
    return byKind.isEmpty()
        ? "none"
        : byKind.entrySet().stream()
            .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + "=" + entry.getValue())
            .collect(Collectors.joining(" "));
  }

  Failures plus(Failures other) {
    Map<Kind, Long> sum = new EnumMap<>(Kind.class);
    sum.putAll(byKind);
    other.byKind.forEach((kind, count) -> sum.merge(kind, count, Long::sum));
    List<String> words = new ArrayList<>(first);
    words.addAll(other.first);
    return new Failures(sum, words);
  }

  /**
   * Why an operation failed. The kernel's reasons are told from the C library's words for them:
   * glibc's, musl's and macOS's. Where these are not English, they are {@link #OTHER}.
   *
   * {@snippet :
   * assertThat(result.failures().count(Failures.Kind.CONNECT_REFUSED)).isZero();
   * }
   */
  public enum Kind {
    /** Nobody listens at the address: ECONNREFUSED. */
    CONNECT_REFUSED,
    /** The client has no port left for the connection: EADDRNOTAVAIL. */
    NO_LOCAL_PORT,
    /** The process has no file descriptor left: EMFILE. */
    NO_DESCRIPTOR,
    /** The server reset the connection: ECONNRESET, or EPIPE in a later write. */
    RESET,
    /** The server closed the connection before it had answered. */
    CLOSED_EARLY,
    /** The conversation refused a reply, or bytes came that were not asked for. */
    VIOLATION,
    /** The plan's time limit passed. */
    TIMED_OUT,
    /** Open loop: as many as allowed were outstanding when it should have started. */
    NOT_STARTED,
    /** The plan's deadline passed while it ran, or before it could start. */
    DEADLINE,
    /** Anything else; the words say what. */
    OTHER;

    private static final int EMFILE = 24;
    private static final int EPIPE = 32;
    private static final int EADDRNOTAVAIL = 99;
    private static final int ECONNRESET = 104;
    private static final int ECONNREFUSED = 111;

    static Kind of(IOException e) {
      String message = String.valueOf(e.getMessage());
      if (e instanceof BindException
          && ErrorText.says(
              message,
              EADDRNOTAVAIL,
              "Cannot assign requested address", // glibc
              "Can't assign requested address", // macOS
              "Address not available")) { // musl
        return NO_LOCAL_PORT;
      }
      if (e instanceof ConnectException
          && ErrorText.says(message, ECONNREFUSED, "Connection refused")) {
        return CONNECT_REFUSED;
      }
      if (ErrorText.says(message, ECONNRESET, "Connection reset")
          || ErrorText.says(message, EPIPE, "Broken pipe")) {
        return RESET;
      }
      // musl has the second
      return ErrorText.says(message, EMFILE, "Too many open files", "No file descriptors available")
          ? NO_DESCRIPTOR
          : OTHER;
    }
  }
}

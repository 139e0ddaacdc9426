package dev.socketlab.trace.internal;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.Line;
import dev.socketlab.trace.SyscallCounts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines above the table that {@code strace -f -C -y} writes: one for each call, two where
 * another thread's call came between. They tell what the table does not: the descriptor that a call
 * was made on, the error that it ended with and, with {@code -ttt}, when it began.
 *
 * {@snippet :
 * StraceLog log = StraceLog.parse("strace.txt", Files.readAllLines(Path.of("strace.txt")));
 * long reads = log.between(Instant.EPOCH, Instant.now()).calls("read"); // strace -f -C -y -ttt
 * }
 */
final class StraceLog {

  /** What the lines of one system call add up to. */
  static final class Tally {
    final Map<DescriptorKind, Long> byDescriptor = new EnumMap<>(DescriptorKind.class);
    final Map<String, Long> byError = new TreeMap<>();

    long calls() {
      return byDescriptor.values().stream().mapToLong(Long::longValue).sum();
    }

    long errors() {
      return byError.values().stream().mapToLong(Long::longValue).sum();
    }

    private void add(Call call) {
      byDescriptor.merge(call.kind, 1L, Long::sum);
      if (call.error != null) {
        byError.merge(call.error, 1L, Long::sum);
      }
    }
  }

  private static final class Call {
    private final String name;
    private final DescriptorKind kind;
    private final long beganMicros;
    private @Nullable String error;
    private boolean ended;

    private Call(String name, DescriptorKind kind, long beganMicros) {
      this.name = name;
      this.kind = kind;
      this.beganMicros = beganMicros;
    }
  }

  private static final String TOOL = "strace";
  private static final String UNFINISHED = "<unfinished ...>";
  private static final String DETACHED = "<detached ...>";
  private static final String RESUMED = " resumed>";
  private static final String RESULT = " = ";

  /** The thread was ended in the call, or by it: the table leaves such calls out. */
  private static final String NO_RESULT = "= ?";

  /** A thread that ended before strace had seen what it called. */
  private static final String UNSEEN = "???(";

  private static final String UNSEEN_RESUMED = "<... ??? resumed>";

  private static final long NO_TIME = -1;
  private static final Pattern TIME = Pattern.compile("(\\d+)\\.(\\d{6}) ");
  private static final Pattern NAME = Pattern.compile("\\w+");
  private static final Pattern ERROR = Pattern.compile("(?:-1|\\?) (E\\w+)");
  private static final Pattern DESCRIPTOR = Pattern.compile("\\d+<(.*)");

  private final List<Call> calls = new ArrayList<>();
  private final Map<String, Call> unfinished = new HashMap<>();

  private StraceLog() {}

  /**
   * Parse the lines of a file that ends with the table.
   *
   * @param source where the lines are from, for messages
   * @param lines the file that {@code -o} wrote
   * @return the calls
   * @throws ProbeException if a line above the table is of another form
   */
  public static StraceLog parse(String source, List<String> lines) {
    List<Line> all = Line.of(source, lines);
    return of(all.subList(0, StraceSummary.heading(all)));
  }

  static StraceLog of(List<Line> lines) {
    StraceLog log = new StraceLog();
    lines.forEach(log::add);
    return log;
  }

  /**
   * Count the calls that began between two moments, whether and whenever they ended: of a thread
   * that waits for the next request at both moments, one wait began in between for each request.
   *
   * @param from the first moment, included
   * @param to the second, excluded
   * @return the counts, exhaustive, without times
   * @throws ProbeException if strace was not told to write when calls began
   */
  public SyscallCounts between(Instant from, Instant to) {
    long fromMicros = micros(from);
    long toMicros = micros(to);
    Map<String, Tally> tallies = new TreeMap<>();
    for (Call call : calls) {
      if (call.beganMicros == NO_TIME) {
        throw ProbeException.inconsistent(TOOL, "the lines do not tell when calls began: add -ttt");
      }
      if (call.beganMicros >= fromMicros && call.beganMicros < toMicros) {
        tallies.computeIfAbsent(call.name, _ -> new Tally()).add(call);
      }
    }
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    tallies.forEach((name, tally) ->
        counts.put(
            name,
            new SyscallCounts.Count(
                tally.calls(),
                OptionalLong.of(tally.errors()),
                Optional.empty(),
                tally.byDescriptor,
                tally.byError)));
    return new SyscallCounts(TOOL, counts, true);
  }

  /** Like the table, this counts a call when it ends. */
  Map<String, Tally> ended() {
    Map<String, Tally> tallies = new TreeMap<>();
    for (Call call : calls) {
      if (call.ended) {
        tallies.computeIfAbsent(call.name, _ -> new Tally()).add(call);
      }
    }
    return tallies;
  }

  private static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private void add(Line line) {
    String text = line.text();
    int space = text.indexOf(' ');
    String thread = text.substring(0, Math.max(0, space));
    String event = text.substring(space + 1).strip();
    if (thread.isEmpty() || !thread.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw line.malformed("the number of a thread and what it called");
    }
    long micros = NO_TIME;
    Matcher time = TIME.matcher(event);
    if (time.lookingAt()) {
      micros = Long.parseLong(time.group(1)) * 1_000_000 + Long.parseLong(time.group(2));
      event = event.substring(time.end());
    }
    if (event.startsWith("---")
        || event.startsWith("+++")
        || event.startsWith(UNSEEN)
        || event.startsWith(UNSEEN_RESUMED)
        || event.endsWith(DETACHED)) {
      return;
    }
    if (event.startsWith("<... ")) {
      Call call = unfinished.remove(thread);
      int resumed = event.indexOf(RESUMED);
      if (call == null || resumed < 0 || !event.substring(5, resumed).equals(call.name)) {
        throw line.malformed("the end of a call that the thread has begun");
      }
      end(line, call, event);
      return;
    }
    Call call = call(event, micros);
    if (call == null) {
      throw line.malformed("a call, its end, a signal or an exit");
    }
    calls.add(call);
    if (event.endsWith(UNFINISHED)) {
      unfinished.put(thread, call);
    } else {
      end(line, call, event);
    }
  }

  private static @Nullable Call call(String event, long micros) {
    int arguments = event.indexOf('(');
    if (arguments < 0 || !NAME.matcher(event.substring(0, arguments)).matches()) {
      return null;
    }
    Matcher descriptor = DESCRIPTOR.matcher(event).region(arguments + 1, event.length());
    DescriptorKind kind =
        descriptor.lookingAt() ? DescriptorKind.ofLink(descriptor.group(1)) : DescriptorKind.NONE;
    return new Call(event.substring(0, arguments), kind, micros);
  }

  private static void end(Line line, Call call, String event) {
    if (event.endsWith(NO_RESULT)) {
      return;
    }
    int result = event.lastIndexOf(RESULT);
    if (result < 0) {
      throw line.malformed("the result of a call");
    }
    call.ended = true;
    Matcher error = ERROR.matcher(event).region(result + RESULT.length(), event.length());
    if (error.lookingAt()) {
      call.error = error.group(1);
    }
  }
}

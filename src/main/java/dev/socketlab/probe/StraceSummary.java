package dev.socketlab.probe;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Parse the table that {@code strace -c} writes, with its default columns ({@code % time, seconds,
 * usecs/call, calls, errors, syscall}) or with chosen ones ({@code -U
 * name,calls,errors,total-time,avg-time}); the name may be the first or the last column.
 *
 * <p>The table is a heading, a line of dashes that marks the columns, a line per system call, the
 * dashes again, and the total. Numbers end where the dashes of their column end; the cell of errors
 * is empty when there were none. The total of calls and errors is checked against the sum, so a
 * table that was cut anywhere does not pass.
 *
 * <pre>{@code
 * List<String> table = Files.readAllLines(Path.of("strace.txt")); // strace -f -c -o strace.txt
 * long reads = StraceSummary.parse("strace.txt", table).calls("read");
 * }</pre>
 */
public final class StraceSummary {
  private static final String TOOL = "strace -c";
  private static final String NAME = "syscall";
  private static final String CALLS = "calls";
  private static final String ERRORS = "errors";
  private static final String SECONDS = "seconds";
  private static final String TOTAL = "total";
  private static final int SURROUNDING_LINES = 4;

  /**
   * A thread whose process ended before strace had seen the thread's first call has a line of its
   * own above the table, such as {@code 14460 ???( <detached ...>}; there is nothing to count in
   * it.
   */
  private static final String THREAD_THAT_ENDED_UNSEEN = "???( <detached ...>";

  private static final Pattern DASHES = Pattern.compile("-+( -+)*");
  private static final Pattern WORD = Pattern.compile("\\S+");

  private record Column(String heading, int start, int end) {}

  private StraceSummary() {}

  /**
   * Parse the summary of an strace that traced every system call.
   *
   * @param source where the lines are from, for messages
   * @param lines the file that {@code -o} wrote
   * @return the counts, exhaustive
   * @throws ProbeException if the table is empty, cut, or not of this form
   */
  public static SyscallCounts parse(String source, List<String> lines) {
    return new SyscallCounts(TOOL, counts(source, lines), true);
  }

  /**
   * Parse the summary of an strace that traced some system calls only ({@code -e trace=…}).
   *
   * @param source where the lines are from, for messages
   * @param lines the file that {@code -o} wrote
   * @param traced names of the traced calls; those that the table does not list were made 0 times
   * @return the counts of the traced calls, not exhaustive
   * @throws ProbeException if the table is empty, cut, not of this form, or lists a call that is
   *     not in {@code traced}; strace writes an empty file when no traced call was made, which
   *     cannot be told from a lost one
   */
  public static SyscallCounts parse(String source, List<String> lines, Set<String> traced) {
    Map<String, SyscallCount> counts = counts(source, lines);
    if (!traced.containsAll(counts.keySet())) {
      throw ProbeException.inconsistent(
          source,
          "untraced calls are listed: traced=%s, listed=%s".formatted(traced, counts.keySet()));
    }
    traced.forEach(name -> counts.putIfAbsent(name, SyscallCount.ofCalls(0)));
    return new SyscallCounts(TOOL, counts, false);
  }

  private static Map<String, SyscallCount> counts(String source, List<String> text) {
    List<Line> lines =
        Line.of(source, text).stream()
            .dropWhile(line -> line.text().endsWith(THREAD_THAT_ENDED_UNSEEN))
            .toList();
    if (lines.size() <= SURROUNDING_LINES) {
      throw ProbeException.incomplete(
          source, "a heading, dashes, at least one system call, dashes and the total");
    }
    Line dashes = lines.get(1);
    Line closing = lines.get(lines.size() - 2);
    if (!DASHES.matcher(dashes.text()).matches() || !closing.text().equals(dashes.text())) {
      throw closing.malformed("the same dashes as below the heading");
    }
    List<Column> columns = columns(lines.getFirst(), dashes);
    Map<String, SyscallCount> counts = new TreeMap<>();
    for (Line line : lines.subList(2, lines.size() - 2)) {
      Map<String, String> cells = cells(line, columns);
      if (counts.put(cell(line, cells, NAME), count(line, cells)) != null) {
        throw line.malformed("each system call once");
      }
    }
    checkTotal(lines.getLast(), columns, counts);
    return counts;
  }

  private static List<Column> columns(Line heading, Line dashes) {
    List<Column> columns = new ArrayList<>();
    String text = heading.text();
    WORD.matcher(dashes.text())
        .results()
        .forEach(mark -> {
          int end = Math.min(mark.end(), text.length());
          int start = Math.min(mark.start(), end);
          columns.add(new Column(text.substring(start, end).strip(), mark.start(), mark.end()));
        });
    List<String> headings = columns.stream().map(Column::heading).toList();
    if (!headings.containsAll(List.of(NAME, CALLS, ERRORS))) {
      throw heading.malformed("the columns syscall, calls and errors");
    }
    return columns;
  }

  /** Assign each word to the column it ends with, a name to the column it starts with. */
  private static Map<String, String> cells(Line line, List<Column> columns) {
    Map<String, String> cells = new HashMap<>();
    WORD.matcher(line.text())
        .results()
        .forEach(word -> cells.put(column(line, columns, word).heading(), word.group()));
    return cells;
  }

  private static Column column(Line line, List<Column> columns, MatchResult word) {
    return columns.stream()
        .filter(column ->
            column.heading().equals(NAME)
                ? column.start() == word.start()
                : column.end() == word.end())
        .findFirst()
        .orElseThrow(() -> line.malformed("\"" + word.group() + "\" below the dashes of a column"));
  }

  private static SyscallCount count(Line line, Map<String, String> cells) {
    long calls = line.unsigned(cell(line, cells, CALLS), CALLS);
    long errors = line.unsigned(cells.getOrDefault(ERRORS, "0"), ERRORS);
    if (errors > calls) {
      throw line.malformed("at most as many errors as calls");
    }
    Optional<Duration> time =
        Optional.ofNullable(cells.get(SECONDS)).map(seconds -> seconds(line, seconds));
    return new SyscallCount(calls, OptionalLong.of(errors), time);
  }

  private static Duration seconds(Line line, String token) {
    if (!token.matches("\\d+\\.\\d{1,9}")) {
      throw line.malformed("seconds as a decimal number, found \"" + token + "\"");
    }
    return Duration.ofNanos(new BigDecimal(token).movePointRight(9).longValueExact());
  }

  private static String cell(Line line, Map<String, String> cells, String column) {
    String cell = cells.get(column);
    if (cell == null) {
      throw line.malformed("a value in the column " + column);
    }
    return cell;
  }

  private static void checkTotal(
      Line line, List<Column> columns, Map<String, SyscallCount> counts) {
    Map<String, String> cells = cells(line, columns);
    if (!cell(line, cells, NAME).equals(TOTAL)) {
      throw line.malformed("the line of the total");
    }
    SyscallCount total = count(line, cells);
    long calls = sum(counts, SyscallCount::calls);
    long errors = sum(counts, count -> count.errors().orElse(0));
    if (total.calls() != calls || total.errors().orElse(0) != errors) {
      throw line.malformed("a total of %d calls and %d errors".formatted(calls, errors));
    }
  }

  private static long sum(
      Map<String, SyscallCount> counts, ToLongFunction<SyscallCount> component) {
    return counts.values().stream().mapToLong(component).sum();
  }
}

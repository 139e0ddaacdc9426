package dev.socketlab.trace.internal;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.internal.Line;
import dev.socketlab.trace.SyscallCounts;
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
import java.util.TreeSet;
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
 * <p>The lines of single calls that {@code -C} writes above the table, best with {@code -y}, are
 * read too where they are there: they tell the kinds of descriptors and the errors, and must add up
 * to what the table has.
 *
 * {@snippet :
 * List<String> table = Files.readAllLines(Path.of("strace.txt")); // strace -f -c -o strace.txt
 * long reads = StraceSummary.parse("strace.txt", table).calls("read");
 * }
 */
public final class StraceSummary {
  private static final String TOOL = "strace -c";
  private static final String NAME = "syscall";
  private static final String CALLS = "calls";
  private static final String ERRORS = "errors";
  private static final String SECONDS = "seconds";
  private static final String TOTAL = "total";
  private static final int SURROUNDING_LINES = 4;

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
    Map<String, SyscallCounts.Count> counts = counts(source, lines);
    if (!traced.containsAll(counts.keySet())) {
      throw ProbeException.inconsistent(
          source,
          "untraced calls are listed: traced=%s, listed=%s".formatted(traced, counts.keySet()));
    }
    traced.forEach(name -> counts.putIfAbsent(name, SyscallCounts.Count.ofCalls(0)));
    return new SyscallCounts(TOOL, counts, false);
  }

  private static Map<String, SyscallCounts.Count> counts(String source, List<String> text) {
    List<Line> all = Line.of(source, text);
    int heading = heading(all);
    Map<String, StraceLog.Tally> log = StraceLog.of(all.subList(0, heading)).ended();
    List<Line> lines = all.subList(heading, all.size());
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
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    for (Line line : lines.subList(2, lines.size() - 2)) {
      Map<String, String> cells = cells(line, columns);
      if (counts.put(cell(line, cells, NAME), count(line, cells)) != null) {
        throw line.malformed("each system call once");
      }
    }
    checkTotal(lines.getLast(), columns, counts);
    return heading == 0 || log.isEmpty() ? counts : joined(source, counts, log);
  }

  /** The place of the line above the first dashes; 0 where there are none. */
  static int heading(List<Line> lines) {
    int dashes = 0;
    while (dashes < lines.size() && !DASHES.matcher(lines.get(dashes).text()).matches()) {
      dashes++;
    }
    return dashes == lines.size() ? 0 : Math.max(0, dashes - 1);
  }

  private static Map<String, SyscallCounts.Count> joined(
      String source, Map<String, SyscallCounts.Count> table, Map<String, StraceLog.Tally> log) {
    Map<String, SyscallCounts.Count> counts = new TreeMap<>();
    Set<String> names = new TreeSet<>(table.keySet());
    names.addAll(log.keySet());
    for (String name : names) {
      SyscallCounts.Count count = table.getOrDefault(name, SyscallCounts.Count.ofCalls(0));
      StraceLog.Tally tally = log.getOrDefault(name, new StraceLog.Tally());
      if (count.calls() != tally.calls()) {
        throw ProbeException.inconsistent(
            source,
            "the table and the lines above it disagree: name=%s, table=%d, lines=%d"
                .formatted(name, count.calls(), tally.calls()));
      }
      counts.put(
          name,
          new SyscallCounts.Count(
              count.calls(), count.errors(), count.time(), tally.byDescriptor, tally.byError));
    }
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

  private static SyscallCounts.Count count(Line line, Map<String, String> cells) {
    long calls = line.unsigned(cell(line, cells, CALLS), CALLS);
    long errors = line.unsigned(cells.getOrDefault(ERRORS, "0"), ERRORS);
    if (errors > calls) {
      throw line.malformed("at most as many errors as calls");
    }
    Optional<Duration> time =
        Optional.ofNullable(cells.get(SECONDS)).map(seconds -> seconds(line, seconds));
    return new SyscallCounts.Count(calls, OptionalLong.of(errors), time);
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
      Line line, List<Column> columns, Map<String, SyscallCounts.Count> counts) {
    Map<String, String> cells = cells(line, columns);
    if (!cell(line, cells, NAME).equals(TOTAL)) {
      throw line.malformed("the line of the total");
    }
    SyscallCounts.Count total = count(line, cells);
    long calls = sum(counts, SyscallCounts.Count::calls);
    long errors = sum(counts, count -> count.errors().orElse(0));
    if (total.calls() != calls || total.errors().orElse(0) != errors) {
      throw line.malformed("a total of %d calls and %d errors".formatted(calls, errors));
    }
  }

  private static long sum(
      Map<String, SyscallCounts.Count> counts, ToLongFunction<SyscallCounts.Count> component) {
    return counts.values().stream().mapToLong(component).sum();
  }
}

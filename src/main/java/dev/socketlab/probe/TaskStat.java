package dev.socketlab.probe;

import dev.socketlab.probe.internal.Line;
import java.util.List;

/**
 * What is used of {@code /proc/<pid>/stat} and {@code /proc/<pid>/task/<tid>/stat}: one line of 52
 * fields.
 *
 * <p>Field 2 is the name in parentheses and may itself hold spaces and parentheses, so the fields
 * are counted from the <em>last</em> closing one. Fields: 10 minor faults, 12 major faults, 14 user
 * and 15 system time in clock ticks, 20 threads, 22 start time in ticks since boot.
 */
record TaskStat(
    long id,
    String name,
    long minorFaults,
    long majorFaults,
    long userTicks,
    long systemTicks,
    long threads,
    long startTimeTicks) {
  private static final int FIRST_FIELD_AFTER_NAME = 3;
  private static final int LEAST_FIELDS = 52;

  static TaskStat parse(String source, String text) {
    Line line = new Line(source, 1, text.stripTrailing());
    int open = line.text().indexOf('(');
    int close = line.text().lastIndexOf(')');
    if (open < 0 || close < open) {
      throw line.malformed("a name in parentheses");
    }
    String tail = line.text().substring(close + 1);
    List<String> fields = new Line(source, 1, tail).fields();
    if (fields.size() + FIRST_FIELD_AFTER_NAME - 1 < LEAST_FIELDS) {
      throw line.malformed("at least 52 fields, found " + (fields.size() + 2));
    }
    return new TaskStat(
        line.unsigned(line.text().substring(0, open).strip(), "pid"),
        line.text().substring(open + 1, close),
        field(line, fields, 10, "minflt"),
        field(line, fields, 12, "majflt"),
        field(line, fields, 14, "utime"),
        field(line, fields, 15, "stime"),
        field(line, fields, 20, "num_threads"),
        field(line, fields, 22, "starttime"));
  }

  private static long field(Line line, List<String> fields, int number, String column) {
    return line.unsigned(fields.get(number - FIRST_FIELD_AFTER_NAME), column);
  }
}

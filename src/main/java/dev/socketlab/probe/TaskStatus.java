package dev.socketlab.probe;

import dev.socketlab.probe.internal.Line;
import java.util.List;

/**
 * Read single values of {@code /proc/<pid>/status}: lines of a name, a colon, a number and perhaps
 * {@code kB}.
 */
record TaskStatus(String source, List<String> lines) {

  long count(String name) {
    return value(name, 1);
  }

  long kilobytes(String name) {
    return value(name, 2);
  }

  String name() {
    return line("Name").text().substring("Name:".length()).strip();
  }

  /** The letter of the scheduler's state, for instance {@code S} for one that sleeps. */
  char state() {
    Line line = line("State");
    List<String> fields = line.fields();
    if (fields.size() < 2 || fields.get(1).length() != 1) {
      throw line.malformed("State, a letter and its meaning");
    }
    return fields.get(1).charAt(0);
  }

  private long value(String name, int fieldCount) {
    Line line = line(name);
    String value = line.text().substring(name.length() + 1);
    List<String> fields = new Line(source, line.number(), value).fields();
    if (fields.size() != fieldCount || (fieldCount == 2 && !fields.getLast().equals("kB"))) {
      throw line.malformed(name + ", a number" + (fieldCount == 2 ? " and kB" : ""));
    }
    return line.unsigned(fields.getFirst(), name);
  }

  private Line line(String name) {
    return Line.of(source, lines).stream()
        .filter(line -> line.text().startsWith(name + ":"))
        .findFirst()
        .orElseThrow(() -> ProbeException.incomplete(source, "a line " + name));
  }
}

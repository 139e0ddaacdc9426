package dev.socketlab.probe;

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

  private long value(String name, int fieldCount) {
    for (Line line : Line.of(source, lines)) {
      if (line.text().startsWith(name + ":")) {
        String value = line.text().substring(name.length() + 1);
        List<String> fields = new Line(source, line.number(), value).fields();
        if (fields.size() != fieldCount || (fieldCount == 2 && !fields.getLast().equals("kB"))) {
          throw line.malformed(name + ", a number" + (fieldCount == 2 ? " and kB" : ""));
        }
        return line.unsigned(fields.getFirst(), name);
      }
    }
    throw ProbeException.incomplete(source, "a line " + name);
  }
}

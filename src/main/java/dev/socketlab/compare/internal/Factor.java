package dev.socketlab.compare.internal;

import java.lang.module.ModuleDescriptor.Version;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One fact of the provenance over several runs.
 *
 * @param name what it is, as {@link Context} calls it
 * @param values what it was in each run, in the order of the runs
 */
record Factor(String name, List<String> values) {
  /** Of these, a higher number is a later version or more of something; of a digest it is not. */
  private static final List<String> ORDERED =
      List.of("kernel", "JDK", "OS", "cores", "tool ", "parameter ", "sysctl ");

  private static final Pattern WITH_VERSION = Pattern.compile("(\\D*)(\\d\\S*)(.*)");
  private static final int LONGEST_LABEL = 24;

  boolean varies() {
    return different(values) > 1;
  }

  /** Whether runs in which the fact is the same have the same figure, too. */
  boolean goesWith(List<?> figure) {
    return different(
            IntStream.range(0, values.size())
                .mapToObj(i -> List.of(values.get(i), figure.get(i)))
                .toList())
        == different(values);
  }

  /**
   * Name the fact, and the version from which on a figure that goes with it is another one, if that
   * is how the figure goes with it.
   */
  String describe(List<?> figure) {
    List<Version> versions = versions();
    if (versions.isEmpty() || different(figure) != 2) {
      return name;
    }
    List<Integer> order =
        IntStream.range(0, versions.size())
            .boxed()
            .sorted(Comparator.comparing(versions::get))
            .toList();
    List<Integer> turns =
        IntStream.range(1, order.size())
            .filter(i -> !figure.get(order.get(i)).equals(figure.get(order.get(i - 1))))
            .boxed()
            .toList();
    return turns.size() == 1 ? name + " >= " + versions.get(order.get(turns.getFirst())) : name;
  }

  /** What it was in each run, short enough for the head of a column. */
  List<String> labels() {
    List<Version> versions = versions();
    return versions.isEmpty()
        ? values.stream().map(value -> name + " " + shortened(value)).toList()
        : versions.stream().map(version -> name + " " + version).toList();
  }

  /** The version of each run, or none where anything but the version differs. */
  private List<Version> versions() {
    List<Matcher> parts =
        values.stream().map(WITH_VERSION::matcher).filter(Matcher::matches).toList();
    if (ORDERED.stream().noneMatch(name::startsWith)
        || parts.size() < values.size()
        || different(parts.stream().map(p -> List.of(p.group(1), p.group(3))).toList()) > 1) {
      return List.of();
    }
    try {
      List<Version> versions = parts.stream().map(part -> Version.parse(part.group(2))).toList();
      return new TreeSet<>(versions).size() == different(values) ? versions : List.of();
    } catch (IllegalArgumentException e) {
      return List.of(); // such as "8.": not how versions are written
    }
  }

  private static String shortened(String value) {
    return value.length() <= LONGEST_LABEL
        ? value
        : value.substring(0, LONGEST_LABEL - 1).stripTrailing() + "…";
  }

  private static long different(List<?> values) {
    return values.stream().distinct().count();
  }
}

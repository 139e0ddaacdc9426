package dev.socketlab.probe;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Read the IPv4 and the IPv6 table of a protocol through one parser. */
final class SocketTable {
  private SocketTable() {}

  /** Turn the lines of one table into sockets. */
  @FunctionalInterface
  interface Parser<T> {
    List<T> parse(String source, List<String> lines, IpVersion version, ByteOrder order);
  }

  static <T> List<T> read(NetworkView view, String protocol, IpVersion version, Parser<T> parser) {
    return readWhile(_ -> true, view, protocol, version, parser);
  }

  /** Read both tables; a kernel without IPv6 has no second file, and then no such socket either. */
  static <T> List<T> readBoth(NetworkView view, String protocol, Parser<T> parser) {
    return readBothWhile(_ -> true, view, protocol, parser);
  }

  /** Read the start of both tables, each up to the first line that is not wanted. */
  static <T> List<T> readBothWhile(
      Predicate<String> wanted, NetworkView view, String protocol, Parser<T> parser) {
    List<T> sockets = new ArrayList<>(readWhile(wanted, view, protocol, IpVersion.V4, parser));
    if (Files.exists(view.file(IpVersion.V6.table(protocol)))) {
      sockets.addAll(readWhile(wanted, view, protocol, IpVersion.V6, parser));
    }
    return List.copyOf(sockets);
  }

  private static <T> List<T> readWhile(
      Predicate<String> wanted,
      NetworkView view,
      String protocol,
      IpVersion version,
      Parser<T> parser) {
    Path file = view.file(version.table(protocol));
    List<String> lines = KernelText.linesWhile(wanted, file);
    return parser.parse(file.toString(), lines, version, ByteOrder.nativeOrder());
  }

  /** Check the header and parse the rows below it. */
  static List<SocketRow> rows(
      String source,
      List<String> lines,
      List<String> header,
      IpVersion version,
      ByteOrder order,
      int... fieldCounts) {
    if (lines.isEmpty()) {
      throw ProbeException.incomplete(source, "the header \"" + String.join(" ", header) + "\"");
    }
    List<Line> numbered = Line.of(source, lines);
    numbered.getFirst().requireHeader(header);
    return numbered.stream()
        .skip(1)
        .map(line -> SocketRow.parse(line, line.fields(fieldCounts), version, order))
        .toList();
  }
}

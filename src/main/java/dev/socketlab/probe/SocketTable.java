package dev.socketlab.probe;

import dev.socketlab.probe.internal.Line;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The IPv4 and the IPv6 table of a protocol, read through one parser.
 *
 * <p>The kernel gives a table in portions of a page, and finds its place again by counting sockets
 * ({@code udp_get_idx} in {@code net/ipv4/udp.c}, {@code tcp_seek_last_pos} in {@code
 * net/ipv4/tcp_ipv4.c}). Where one is opened or closed between two portions, another one appears
 * twice or not at all (seen on Linux 6.18; SocketTableTest shows it). So a table of more than a
 * portion is read until two readings in a row are equal, with each socket once. Then the first of
 * them has left nothing out: only the close of a socket that it has shown can do that, and the
 * second does not show it. Two that show the same socket twice may be equal by chance, where
 * another one was opened during both.
 *
 * @param protocol {@code udp} or {@code tcp}, as the files are named
 * @param parser turns a table's lines into sockets
 * @param identifier tells one socket from another
 */
record SocketTable<T>(String protocol, Parser<T> parser, Identifier<T> identifier) {
  /** Rows that fit into one portion for sure: a page has 4096 bytes at least, a row at most 180. */
  static final int ROWS_OF_A_PORTION = 20;

  /**
   * Where sockets come and go all the time, no two readings may be equal. Then the sockets of this
   * many are taken, with some that have been closed: one that is open is left out only if all left
   * it out.
   */
  static final int READINGS = 10;

  /** Turn the lines of one table into sockets. */
  @FunctionalInterface
  interface Parser<T> {
    List<T> parse(String source, List<String> lines, IpVersion version, ByteOrder order);
  }

  /** Tell the sockets of a table apart: what is equal for two rows is of one socket. */
  @FunctionalInterface
  interface Identifier<T> {
    Object identify(T socket);
  }

  List<T> read(NetworkView view, IpVersion version) {
    return readWhile(_ -> true, view, version);
  }

  /** Read both tables; a kernel without IPv6 has no second file, and then no such socket either. */
  List<T> readBoth(NetworkView view) {
    return readBothWhile(_ -> true, view);
  }

  /** Read the start of both tables, each up to the first line that is not wanted. */
  List<T> readBothWhile(Predicate<String> wanted, NetworkView view) {
    List<T> sockets = new ArrayList<>(readWhile(wanted, view, IpVersion.V4));
    if (Files.exists(view.file(IpVersion.V6.table(protocol)))) {
      sockets.addAll(readWhile(wanted, view, IpVersion.V6));
    }
    return List.copyOf(sockets);
  }

  private List<T> readWhile(Predicate<String> wanted, NetworkView view, IpVersion version) {
    Path file = view.file(version.table(protocol));
    return complete(() ->
        parser.parse(
            file.toString(),
            KernelText.linesWhile(wanted, file),
            version,
            ByteOrder.nativeOrder()));
  }

  /** Every socket that was open throughout, once. */
  List<T> complete(Supplier<List<T>> table) {
    Map<Object, T> found = new LinkedHashMap<>();
    List<Object> before = List.of();
    for (int n = 0; n < READINGS; n++) {
      List<T> rows = table.get();
      List<Object> now = rows.stream().map(identifier::identify).toList();
      boolean agreed = now.equals(before) && Set.copyOf(now).size() == now.size();
      if (rows.size() <= ROWS_OF_A_PORTION || agreed) {
        return List.copyOf(rows);
      }
      rows.forEach(row -> found.put(identifier.identify(row), row));
      before = now;
    }
    return List.copyOf(found.values());
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

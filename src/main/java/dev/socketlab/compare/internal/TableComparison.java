package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.internal.CellText;
import dev.socketlab.compare.RankTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares the tables of two runs: rows of equal keys, column by column, each by its role. */
final class TableComparison {
  static final Cell NO_ROW = Cell.notAvailable("no such row");

  private final List<ExactFigure> figures = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<String> notCompared = new ArrayList<>();

  TableComparison(List<Table> before, List<Table> after) {
    Map<String, Table> was = byTitle(before);
    Map<String, Table> is = byTitle(after);
    Set<String> titles = new LinkedHashSet<>(was.keySet());
    titles.addAll(is.keySet());
    for (String title : titles) {
      Table first = was.get(title);
      Table second = is.get(title);
      if (first == null || second == null) {
        notCompared.add(
            title + ": the table is only in the run " + (first == null ? "after" : "before"));
        columns(first == null ? second : first, Column.Role.EXACT)
            .forEach(column -> lost(title, column, first != null));
      } else {
        compare(first, second);
      }
    }
    undecided();
  }

  /** All cells of exact columns in either run, and the columns that only one of them has. */
  List<ExactFigure> figures() {
    return figures;
  }

  List<Difference> changes() {
    return figures.stream()
        .filter(ExactFigure::differs)
        .map(f -> new Difference(f.place().toString(), show(f.before()), show(f.after())))
        .toList();
  }

  List<Judgement> judgements() {
    return judgements;
  }

  List<String> notCompared() {
    return notCompared;
  }

  private void undecided() {
    figures.stream()
        .filter(ExactFigure::isUndecided)
        .map(f -> "%s: %s → %s".formatted(f.place(), show(f.before()), show(f.after())))
        .forEach(notCompared::add);
  }

  int exactFigures() {
    return (int) figures.stream().filter(ExactFigure::isCompared).count();
  }

  private void compare(Table before, Table after) {
    Table declaring = declared(after) >= declared(before) ? after : before;
    List<Column> judged = columns(declaring, Column.Role.EXACT, Column.Role.NOISY);
    if (judged.isEmpty()) {
      return;
    }
    List<String> keys = keys(after).isEmpty() ? keys(before) : keys(after);
    if (keys.isEmpty() || !has(before, keys) || !has(after, keys)) {
      notCompared.add(
          after.title() + ": rows cannot be matched, because both tables need the keys " + keys);
      return;
    }
    List<Column> common = new ArrayList<>();
    for (Column column : judged) {
      if (has(before, List.of(column.name())) && has(after, List.of(column.name()))) {
        common.add(column);
      } else {
        notCompared.add(after.title() + ": column " + column.name() + " is not in both runs");
        if (column.role() == Column.Role.EXACT) {
          lost(after.title(), column, has(before, List.of(column.name())));
        }
      }
    }
    rows(before, after, keys, common);
  }

  /** Exact figures that come or go with their column are a change, and not only left out. */
  private void lost(String table, Column column, boolean wasThere) {
    Cell there = Cell.text("there");
    Cell absent = Cell.text("absent");
    figures.add(
        new ExactFigure(
            new FigurePlace(table, FigurePlace.ALL_ROWS, heading(column)),
            wasThere ? there : absent,
            wasThere ? absent : there));
  }

  private static List<Column> columns(@Nullable Table table, Column.Role... roles) {
    return table == null
        ? List.of()
        : table.columns().stream().filter(c -> List.of(roles).contains(c.role())).toList();
  }

  private void rows(Table before, Table after, List<String> keys, List<Column> columns) {
    Map<String, List<Cell>> was = byKeys(before, keys);
    Map<String, List<Cell>> is = byKeys(after, keys);
    Set<String> names = new LinkedHashSet<>(was.keySet());
    names.addAll(is.keySet());
    for (String name : names) {
      List<Cell> first = was.get(name);
      List<Cell> second = is.get(name);
      for (Column column : columns) {
        FigurePlace place = new FigurePlace(after.title(), name, heading(column));
        Cell a = first == null ? null : first.get(place(before, column.name()));
        Cell b = second == null ? null : second.get(place(after, column.name()));
        if (column.role() == Column.Role.EXACT) {
          figures.add(new ExactFigure(place, orAbsent(a), orAbsent(b)));
        } else {
          noisy(place.toString(), orAbsent(a), orAbsent(b));
        }
      }
    }
  }

  private void noisy(String where, Cell before, Cell after) {
    if (before.numbers().isEmpty() || after.numbers().isEmpty()) {
      notCompared.add("%s: %s → %s".formatted(where, show(before), show(after)));
      return;
    }
    judgements.add(
        new Judgement(
            where,
            before.numbers(),
            after.numbers(),
            RankTest.between(doubles(before.numbers()), doubles(after.numbers()))));
  }

  private static Map<String, Table> byTitle(List<Table> tables) {
    Map<String, Table> byTitle = new LinkedHashMap<>();
    tables.forEach(table -> byTitle.put(table.title(), table));
    return byTitle;
  }

  private Map<String, List<Cell>> byKeys(Table table, List<String> keys) {
    Map<String, List<Cell>> rows = new LinkedHashMap<>();
    for (List<Cell> row : table.rows()) {
      String name =
          keys.stream()
              .map(key -> key + "=" + show(row.get(place(table, key))))
              .collect(Collectors.joining(", "));
      if (rows.put(name, row) != null) {
        notCompared.add(
            "%s [%s]: more than one row, the last is taken".formatted(table.title(), name));
      }
    }
    return rows;
  }

  private static List<String> keys(Table table) {
    return table.places(Column.Role.KEY).stream().map(i -> table.columns().get(i).name()).toList();
  }

  private static boolean has(Table table, List<String> names) {
    return table.columns().stream().map(Column::name).toList().containsAll(names);
  }

  private static int place(Table table, String column) {
    return table.columns().stream().map(Column::name).toList().indexOf(column);
  }

  private static long declared(Table table) {
    return table.columns().stream().filter(c -> c.role() != Column.Role.INFORMATIONAL).count();
  }

  private static String heading(Column column) {
    return column.unit().isEmpty()
        ? column.name()
        : "%s (%s)".formatted(column.name(), column.unit());
  }

  private static Cell orAbsent(@Nullable Cell cell) {
    return cell == null ? NO_ROW : cell;
  }

  static String show(Cell cell) {
    return CellText.of(cell, BigDecimal::toPlainString, reason -> "n/a (" + reason + ")");
  }

  private static double[] doubles(List<BigDecimal> numbers) {
    return numbers.stream().mapToDouble(BigDecimal::doubleValue).toArray();
  }
}

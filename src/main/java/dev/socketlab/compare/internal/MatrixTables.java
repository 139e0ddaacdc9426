package dev.socketlab.compare.internal;

import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lays out what the comparison of each run with the reference found: a column for each run. */
final class MatrixTables {
  private static final Cell SAME = Cell.text("\"");
  private static final Cell MISSING = Cell.notAvailable("not in this run");
  private static final Column GOES_WITH = informational("what goes with it");

  /** A longer label stands beside its run only, a longer explanation once below its table. */
  private static final int LONGEST_INLINE = 48;

  private static final List<String> LEGEND =
      List.of(
          "\" is what the reference has. \"differs with\": of what is on record, this alone goes"
              + " with the figure.",
          "\"candidate\": so too, but a value has one run only, and anything else of that run may"
              + " be why.",
          "\">= V\": V is the lowest with the other value; what lies between it and the next lower"
              + " was not run.");

  /** What was found between the reference and one run, which may be the reference itself. */
  private record Pair(Comparison comparison, Map<FigurePlace, ExactFigure> figures) {}

  /** One row: what it is about, and what that is in each run. */
  private record Line(List<String> keys, List<Cell> cells) {
    boolean differs() {
      return values().stream().distinct().count() > 1;
    }

    /** The cells, where it does not matter why there is nothing. */
    List<Cell> values() {
      return cells.stream()
          .map(cell -> cell instanceof Cell.NotAvailable ? MISSING : cell)
          .toList();
    }
  }

  private final List<String> files;
  private final List<Artifact> runs;
  private final int reference;
  private final List<Pair> pairs;
  private final Factors factors;
  private final List<String> labels;

  MatrixTables(SequencedMap<String, Artifact> byFile, int reference) {
    files = List.copyOf(byFile.keySet());
    runs = List.copyOf(byFile.values());
    this.reference = reference;
    pairs = IntStream.range(0, runs.size()).mapToObj(this::pair).toList();
    factors = new Factors(runs);
    labels = factors.labels(files);
  }

  private Pair pair(int run) {
    Artifact before = runs.get(reference);
    Artifact after = runs.get(run);
    try {
      TableComparison tables = new TableComparison(before.tables(), after.tables());
      Map<FigurePlace, ExactFigure> figures = new LinkedHashMap<>();
      tables.figures().forEach(figure -> figures.put(figure.place(), figure));
      return new Pair(Comparison.of(before, after, tables), figures);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(files.get(run) + ": " + e.getMessage(), e);
    }
  }

  RunMatrix matrix() {
    List<Line> mechanisms = states(runs.stream().map(MatrixTables::verdicts).toList());
    List<Line> gates = states(runs.stream().map(Comparison::gates).toList());
    Map<String, List<Line>> figures = figures();
    List<Table> tables = new ArrayList<>();
    tables.add(theRuns());
    tables.add(mechanisms(mechanisms));
    tables.add(different("Gates", List.of("gate"), gates));
    figures.forEach(
        (title, lines) -> tables.add(different(title, List.of("row", "figure"), lines)));
    tables.add(noisy());
    tables.add(circumstances());
    tables.add(notCompared());
    boolean changed = pairs.stream().anyMatch(pair -> pair.comparison().changed());
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "%s: %d of %d mechanisms, %d of %d gates and %d exact figures differ."
            .formatted(
                conclusion(changed),
                differing(mechanisms).size(),
                mechanisms.size(),
                differing(gates).size(),
                gates.size(),
                figures.values().stream().mapToInt(List::size).sum()));
    remarks.add("%d exact figures are equal in all runs and left out.".formatted(equalFigures()));
    List<Table> filled = tables.stream().filter(table -> !table.rows().isEmpty()).toList();
    if (filled.stream().anyMatch(table -> table.columns().contains(GOES_WITH))) {
      remarks.addAll(LEGEND);
    }
    return new RunMatrix(
        "%s: %d runs side by side".formatted(runs.getFirst().experiment(), runs.size()),
        remarks,
        filled,
        changed);
  }

  private String conclusion(boolean changed) {
    if (changed) {
      return "CHANGED";
    }
    return runs.stream().anyMatch(Comparison::hasFigures)
        ? "unchanged"
        : "nothing to compare, no column of a table is exact or noisy";
  }

  private Table theRuns() {
    Table.Builder table =
        Table.named(
            "Runs",
            key("run"),
            informational("verdict"),
            informational("date"),
            informational("what tells it from the others"),
            informational("file"));
    for (int i = 0; i < runs.size(); i++) {
      Artifact run = runs.get(i);
      table.row(name(i), run.verdict().label(), run.date().toString(), labels.get(i), files.get(i));
    }
    return table.build();
  }

  /** All mechanisms, with all verdicts; the statements are long, so they stand last. */
  private Table mechanisms(List<Line> lines) {
    boolean differ = !differing(lines).isEmpty();
    List<Column> columns = new ArrayList<>(columnsOfRuns());
    columns.add(key("mechanism"));
    if (differ) {
      columns.add(GOES_WITH);
    }
    Table.Builder table = Table.named("Mechanisms", columns);
    List<String> notes = new ArrayList<>();
    for (Line line : lines) {
      List<Object> row = new ArrayList<>(line.cells());
      row.addAll(line.keys());
      if (differ) {
        row.add(explanation(line, notes));
      }
      table.row(row.toArray());
    }
    return withNotes(table, notes);
  }

  /** Only the lines that differ, and in them only the cells that do. */
  private Table different(String title, List<String> keys, List<Line> lines) {
    List<Column> columns = new ArrayList<>(keys.stream().map(Column::key).toList());
    columns.addAll(columnsOfRuns());
    columns.add(GOES_WITH);
    Table.Builder table = Table.named(title, columns);
    List<String> notes = new ArrayList<>();
    for (Line line : differing(lines)) {
      List<Object> row = new ArrayList<>(line.keys());
      for (int i = 0; i < runs.size(); i++) {
        Cell cell = line.cells().get(i);
        boolean same = i != reference && cell.equals(line.cells().get(reference));
        row.add(same && !(cell instanceof Cell.NotAvailable) ? SAME : cell);
      }
      row.add(explanation(line, notes));
      table.row(row.toArray());
    }
    return withNotes(table, notes);
  }

  private Table noisy() {
    List<Column> columns = new ArrayList<>(List.of(key("the rank test")));
    columns.addAll(columnsOfRuns());
    Table.Builder table = Table.named("Noisy figures", columns);
    if (pairs.stream().allMatch(pair -> pair.comparison().separable().isEmpty())) {
      return table.build();
    }
    List<Object> row = new ArrayList<>(List.of("tells apart from the reference"));
    for (int i = 0; i < runs.size(); i++) {
      Comparison comparison = pairs.get(i).comparison();
      row.add(
          i == reference
              ? ""
              : "%d of %d"
                  .formatted(comparison.separable().size(), comparison.judgements().size()));
    }
    return table.row(row.toArray()).note("Which ones: socketlab compare.").build();
  }

  private Table circumstances() {
    Table.Builder table =
        Table.named("Not the same in all runs", key("what"), key("runs"), informational("value"));
    for (Factor factor : factors.varying()) {
      Map<String, List<Integer>> runsOf = new LinkedHashMap<>();
      for (int i = 0; i < runs.size(); i++) {
        runsOf.computeIfAbsent(factor.values().get(i), _ -> new ArrayList<>()).add(i);
      }
      for (Map.Entry<String, List<Integer>> value : runsOf.entrySet()) {
        table.row(factor.name(), numbers(value.getValue()), value.getKey());
      }
    }
    return table.build();
  }

  private Table notCompared() {
    Table.Builder table = Table.named("Not compared", key("runs"), key("before: the reference"));
    Map<String, List<Integer>> runsOf = new LinkedHashMap<>();
    for (int i = 0; i < runs.size(); i++) {
      if (i != reference) {
        for (String what : pairs.get(i).comparison().notCompared()) {
          runsOf.computeIfAbsent(what, _ -> new ArrayList<>()).add(i);
        }
      }
    }
    for (Map.Entry<String, List<Integer>> what : runsOf.entrySet()) {
      table.row(numbers(what.getValue()), what.getKey());
    }
    return table.build();
  }

  /** The exact figures that differ from the reference in any run, by the title of their table. */
  private Map<String, List<Line>> figures() {
    Map<String, List<Line>> lines = new LinkedHashMap<>();
    for (FigurePlace place : places()) {
      if (figures(place).anyMatch(ExactFigure::differs)) {
        List<String> keys = List.of(place.row().isEmpty() ? "all" : place.row(), place.column());
        List<Cell> cells = pairs.stream().map(pair -> cell(pair, place)).toList();
        lines.computeIfAbsent(place.table(), _ -> new ArrayList<>()).add(new Line(keys, cells));
      }
    }
    return lines;
  }

  private Set<FigurePlace> places() {
    return pairs.stream()
        .flatMap(pair -> pair.figures().keySet().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Stream<ExactFigure> figures(FigurePlace place) {
    return pairs.stream().map(pair -> pair.figures().get(place)).filter(Objects::nonNull);
  }

  private Cell cell(Pair pair, FigurePlace place) {
    ExactFigure figure = pair.figures().get(place);
    if (figure != null) {
      return figure.after().equals(TableComparison.NO_ROW) ? MISSING : figure.after();
    }
    // A pair tells of a whole column only where it is lost: here, both have it or neither has.
    return place.row().equals(FigurePlace.ALL_ROWS)
        ? figures(place).findFirst().map(ExactFigure::before).orElse(MISSING)
        : MISSING;
  }

  private long equalFigures() {
    return places().stream()
        .filter(place ->
            figures(place).filter(figure -> figure.isCompared() && !figure.differs()).count()
                == runs.size())
        .count();
  }

  private static List<Line> states(List<Map<String, String>> ofRuns) {
    return ofRuns.stream()
        .flatMap(ofRun -> ofRun.keySet().stream())
        .distinct()
        .map(name ->
            new Line(
                List.of(name),
                ofRuns.stream()
                    .map(ofRun -> ofRun.containsKey(name) ? Cell.of(ofRun.get(name)) : MISSING)
                    .toList()))
        .toList();
  }

  private static Map<String, String> verdicts(Artifact run) {
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (MechanismVerdict mechanism : run.mechanisms()) {
      verdicts.put(mechanism.statement(), mechanism.verdict().label());
    }
    return verdicts;
  }

  private static List<Line> differing(List<Line> lines) {
    return lines.stream().filter(Line::differs).toList();
  }

  /** What goes with a line; or where that is long, a note's name, and the note. */
  private String explanation(Line line, List<String> notes) {
    String explanation = line.differs() ? factors.explain(line.values()) : "";
    if (explanation.length() <= LONGEST_INLINE) {
      return explanation;
    }
    if (!notes.contains(explanation)) {
      notes.add(explanation);
    }
    return noteName(notes.indexOf(explanation));
  }

  private static Table withNotes(Table.Builder table, List<String> notes) {
    for (int i = 0; i < notes.size(); i++) {
      table.note(noteName(i) + ": " + notes.get(i));
    }
    return table.build();
  }

  private static String noteName(int place) {
    return "note " + (place + 1);
  }

  private List<Column> columnsOfRuns() {
    boolean heads = labels.stream().allMatch(label -> label.length() <= LONGEST_INLINE);
    return IntStream.range(0, runs.size())
        .mapToObj(i ->
            informational(name(i)).in(heads ? labels.get(i) : "").aligned(Column.Alignment.LEFT))
        .toList();
  }

  private String name(int run) {
    return "run %d%s".formatted(run + 1, run == reference ? " (reference)" : "");
  }

  private static String numbers(List<Integer> places) {
    return places.stream().map(i -> Integer.toString(i + 1)).collect(Collectors.joining(", "));
  }
}

package dev.socketlab.experiment;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Budget.Item;
import dev.socketlab.trace.Slope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a trial has measured, as a budget of its kind looks at it. */
sealed interface Measured permits MeasuredCalls, MeasuredCounters {

  BudgetKind kind();

  /** N, of the smaller load; the larger has 2 N. */
  long operations();

  /** Throws where the way in which it was measured cannot tell what a budget asks. */
  void requireFit(Budget budget);

  /** Why what was measured says nothing about the subject; empty where it does. */
  Optional<String> obstacle();

  /** Whether there is such a thing here. */
  boolean has(Item item);

  /** What one operation adds; throws where there is no such thing here. */
  Slope slope(Item item);

  /** What the loads did that must be budgeted, and is not in any line. */
  List<Item> others(Set<Item> named);

  /** What a larger load does not do less of, by its words. */
  Map<String, Slope> comparable(Budget budget);

  /** Everything that the loads did. */
  Table table(String title);

  /** What a reader of a budget's table must know. */
  String remark();
}

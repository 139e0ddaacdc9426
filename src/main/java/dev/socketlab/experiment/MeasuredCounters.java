package dev.socketlab.experiment;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Budget.Bound;
import dev.socketlab.experiment.Budget.Item;
import dev.socketlab.experiment.Budget.Line;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.Slope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kernel's protocol counters, by group and name. */
record MeasuredCounters(CounterMix mix) implements Measured {

  @Override
  public BudgetKind kind() {
    return BudgetKind.COUNTERS;
  }

  @Override
  public long operations() {
    return mix.operations();
  }

  @Override
  public void requireFit(Budget budget) {
    // Every counter is read, or absent.
  }

  @Override
  public Optional<String> obstacle() {
    return mix.alone()
        ? Optional.empty()
        : Optional.of(
            "the counters are those of the host's network, where others count too;"
                + " a budget needs a private network");
  }

  @Override
  public boolean has(Item item) {
    return mix.has(item.name());
  }

  @Override
  public Slope slope(Item item) {
    return mix.slope(item.name());
  }

  /**
   * One segment moves a dozen counters, and which of them (TCPHPHits or TCPPureAcks) the kernel
   * decides anew each time; so those without a line are shown, and not judged.
   */
  @Override
  public List<Item> others(Set<Item> named) {
    return List.of();
  }

  @Override
  public Map<String, Slope> comparable(Budget budget) {
    Map<String, Slope> slopes = new LinkedHashMap<>();
    for (Line line : budget.lines()) {
      if (line.bound() != Bound.IGNORED) {
        line.items().stream()
            .filter(this::has)
            .forEach(item -> slopes.put(item.name(), slope(item)));
      }
    }
    return slopes;
  }

  @Override
  public Table table(String title) {
    return MixTables.perOperation(title, mix);
  }

  @Override
  public String remark() {
    return "a counter without a line is not judged";
  }

  @Override
  public String toString() {
    return mix.toString();
  }
}

package dev.socketlab.experiment;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Budget.Item;
import dev.socketlab.experiment.Budget.Line;
import dev.socketlab.trace.Slope;
import dev.socketlab.trace.SyscallMix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** System calls, by name and perhaps by the kind of descriptor. */
record MeasuredCalls(SyscallMix mix) implements Measured {

  private static final double LEAST_SHOWN = 0.01;

  @Override
  public BudgetKind kind() {
    return BudgetKind.SYSCALLS;
  }

  @Override
  public long operations() {
    return mix.smaller().operations();
  }

  @Override
  public void requireFit(Budget budget) {
    if (!mix.larger().counts().exhaustive()) {
      throw new IllegalStateException(
          "a budget needs a tracer that watches all calls, and "
              + mix.tracer()
              + " does not; leave out tracedBy, or give another");
    }
    for (Line line : budget.lines()) {
      if (!line.on().isEmpty() && !line.names().stream().allMatch(this::isLookedAt)) {
        throw new IllegalStateException(
            "the line of "
                + line.name()
                + " says `on`, and "
                + mix.tracer()
                + " does not look at descriptors; leave out tracedBy, or use STRACE_ATTACHED");
      }
    }
  }

  private boolean isLookedAt(String name) {
    return mix.larger().counts().calls(name) == 0 || !mix.kinds(name).isEmpty();
  }

  @Override
  public Optional<String> obstacle() {
    return Optional.empty();
  }

  /** A tracer that watches all calls has seen 0 of one that this kernel does not have. */
  @Override
  public boolean has(Item item) {
    return true;
  }

  @Override
  public Slope slope(Item item) {
    return item.on().map(mix::on).orElse(mix).slope(item.name());
  }

  @Override
  public List<Item> others(Set<Item> named) {
    return mix.slopes().keySet().stream().flatMap(name -> others(name, named).stream()).toList();
  }

  /** What of a call no line names: all, nothing, or the kinds of descriptors that have no line. */
  private List<Item> others(String name, Set<Item> named) {
    Item onAny = Item.named(name);
    if (named.contains(onAny)) {
      return List.of();
    }
    if (named.stream().noneMatch(item -> item.name().equals(name))) {
      return SyscallMix.RUNTIME_CALLS.contains(name) ? List.of() : List.of(onAny);
    }
    return mix.kinds(name).stream()
        .map(kind -> new Item(name, Optional.of(kind)))
        .filter(item -> !named.contains(item))
        .toList();
  }

  @Override
  public Map<String, Slope> comparable(Budget budget) {
    Map<String, Slope> slopes = new LinkedHashMap<>(mix.slopes());
    slopes.keySet().removeAll(SyscallMix.RUNTIME_CALLS);
    return slopes;
  }

  @Override
  public Table table(String title) {
    return MixTables.perOperation(title, mix, LEAST_SHOWN);
  }

  @Override
  public String remark() {
    return "judged only where a line names them: "
        + String.join(", ", new TreeSet<>(SyscallMix.RUNTIME_CALLS));
  }

  @Override
  public String toString() {
    return mix.toString();
  }
}

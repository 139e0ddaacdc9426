package dev.socketlab.experiment;

import dev.socketlab.probe.DescriptorKind;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What one operation may cost, as {@link SyscallsPerOperation} or {@link CountersPerOperation}
 * declares it, checked.
 *
 * @param others how many there may be of each item that no line names, where its kind judges them
 */
record Budget(BudgetKind kind, String operation, String at, List<Line> lines, double others) {

  /** How a line bounds its items. */
  enum Bound {
    EXACTLY,
    AT_MOST,
    IGNORED
  }

  /** A budget as an annotation states it. */
  record Declared(String operation, String at, List<DeclaredLine> lines, double others) {}

  /**
   * A line as an annotation states it.
   *
   * @param words what the names are called together
   * @param obstacle why the line cannot be meant, or empty
   */
  record DeclaredLine(
      List<String> names,
      String words,
      Set<DescriptorKind> on,
      String obstacle,
      int exactly,
      double atMost,
      boolean ignored,
      String because) {}

  /** A counter, or a system call: on descriptors of one kind, or on any where there is none. */
  record Item(String name, Optional<DescriptorKind> on) {

    static Item named(String name) {
      return new Item(name, Optional.empty());
    }

    @Override
    public String toString() {
      return on.map(kind -> name + " on " + label(kind)).orElse(name);
    }
  }

  /** One line: the sum of some items, the words for them, and its bound. */
  record Line(
      List<String> names,
      String words,
      Set<DescriptorKind> on,
      Bound bound,
      double most,
      String because) {

    List<Item> items() {
      return names.stream()
          .flatMap(name ->
              on.isEmpty()
                  ? Stream.of(Item.named(name))
                  : on.stream().map(kind -> new Item(name, Optional.of(kind))))
          .toList();
    }

    String name() {
      return on.isEmpty()
          ? words
          : words
              + " on "
              + on.stream().sorted().map(Budget::label).collect(Collectors.joining("|"));
    }

    String budget() {
      return switch (bound) {
        case EXACTLY -> Long.toString((long) most);
        case AT_MOST -> "at most " + Budget.number(most);
        case IGNORED -> "ignored";
      };
    }
  }

  /** Reads the budgets of a method; throws where one could not be meant as it stands. */
  static List<Budget> of(Method method) {
    List<Budget> budgets = new ArrayList<>();
    for (BudgetKind kind : BudgetKind.values()) {
      kind.declaredOn(method).forEach(declared -> budgets.add(of(kind, method, declared)));
    }
    if (budgets.isEmpty()) {
      return budgets;
    }
    BudgetKind kind = budgets.getFirst().kind();
    if (budgets.stream().anyMatch(budget -> budget.kind() != kind)) {
      throw wrong(
          kind,
          method,
          "it has budgets of two kinds, and a control names a budget by its method; make it two");
    }
    if (!ExperimentMethods.isTrials(method)) {
      throw wrong(kind, method, "it needs @Trials on the same method");
    }
    if (budgets.stream().map(Budget::operation).distinct().count() > 1) {
      throw wrong(kind, method, "`operation` must be the same in all of them");
    }
    if (budgets.stream().map(Budget::at).distinct().count() < budgets.size()) {
      throw wrong(kind, method, "two of them have the same `at`; give each its own level");
    }
    return List.copyOf(budgets);
  }

  private static Budget of(BudgetKind kind, Method method, Declared declared) {
    if (declared.operation().isBlank()) {
      throw wrong(kind, method, "`operation` is blank; say what one operation is");
    }
    if (!(declared.others() >= 0)) { // so that NaN is refused too
      throw wrong(kind, method, "`others` = " + declared.others() + " must be at least 0");
    }
    if (declared.lines().isEmpty()) {
      throw wrong(kind, method, "`budget` has no line; add " + kind.anExample());
    }
    Map<String, Set<DescriptorKind>> seen = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    for (DeclaredLine line : declared.lines()) {
      if (line.names().isEmpty()) {
        throw wrong(
            kind, method, "a line names no %s; %s".formatted(kind.noun(), kind.whatToName()));
      }
      if (!line.obstacle().isEmpty()) {
        throw wrong(kind, method, line.obstacle());
      }
      for (String name : line.names()) {
        if (!kind.isKnown(name)) {
          throw wrong(
              kind,
              method,
              "\"%s\" %s; %s"
                  .formatted(
                      name,
                      kind.noSuch(),
                      LikeNames.suggest(name, kind.known()).orElse(kind.whereNamesAre())));
        }
        requireNew(kind, method, name, line.on(), seen);
      }
      lines.add(line(kind, method, line));
    }
    return new Budget(
        kind, declared.operation(), declared.at(), List.copyOf(lines), declared.others());
  }

  /** Of one call, either one line is for all descriptors, or each line is for other kinds. */
  private static void requireNew(
      BudgetKind kind,
      Method method,
      String name,
      Set<DescriptorKind> on,
      Map<String, Set<DescriptorKind>> seen) {
    Set<DescriptorKind> before = seen.get(name);
    if (before == null) {
      seen.put(name, on);
    } else if (before.isEmpty() || on.isEmpty() || !Collections.disjoint(before, on)) {
      throw wrong(kind, method, "\"" + name + "\" has two lines; keep one");
    } else {
      seen.put(name, EnumSet.copyOf(Stream.concat(before.stream(), on.stream()).toList()));
    }
  }

  static String label(DescriptorKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Line line(BudgetKind kind, Method method, DeclaredLine line) {
    boolean exactly = line.exactly() != Integer.MIN_VALUE;
    boolean atMost = !Double.isNaN(line.atMost());
    if (Stream.of(exactly, atMost, line.ignored()).filter(given -> given).count() != 1) {
      throw wrong(
          kind,
          method,
          "the line of "
              + line.names()
              + " must say one of `exactly`, `atMost` and `ignored = true`");
    }
    if (line.ignored() && line.because().isBlank()) {
      throw wrong(
          kind, method, "the line of " + line.names() + " is `ignored`; say why in `because`");
    }
    double most = line.ignored() ? 0 : exactly ? line.exactly() : line.atMost();
    if (!(most >= 0) || Double.isInfinite(most)) {
      throw wrong(
          kind,
          method,
          "the line of %s has `%s` = %s, which must be at least 0"
              .formatted(line.names(), exactly ? "exactly" : "atMost", number(most)));
    }
    Bound bound = line.ignored() ? Bound.IGNORED : exactly ? Bound.EXACTLY : Bound.AT_MOST;
    return new Line(line.names(), line.words(), line.on(), bound, most, line.because());
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  static ExtensionConfigurationException wrong(BudgetKind kind, Method method, String what) {
    return new ExtensionConfigurationException(
        kind.annotation() + " on " + method.getName() + ": " + what);
  }
}

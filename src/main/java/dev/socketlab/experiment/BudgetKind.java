package dev.socketlab.experiment;

import dev.socketlab.experiment.Budget.Declared;
import dev.socketlab.experiment.Budget.DeclaredLine;
import dev.socketlab.trace.SyscallFamily;
import dev.socketlab.trace.internal.CounterNames;
import dev.socketlab.trace.internal.SyscallNames;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a budget counts: its annotation, its names, and its words. How it judges is one for all. */
enum BudgetKind {
  SYSCALLS("call", "calls", "system calls", "lab.syscalls(…)") {
    @Override
    String annotation() {
      return "@SyscallsPerOperation";
    }

    @Override
    List<Declared> declaredOn(Method method) {
      return Arrays.stream(method.getAnnotationsByType(SyscallsPerOperation.class))
          .map(budget ->
              new Declared(
                  budget.operation(),
                  budget.at(),
                  Stream.of(budget.budget()).map(BudgetKind::line).toList(),
                  budget.others()))
          .toList();
    }

    @Override
    String anExample() {
      return "@Calls(of = \"read\", exactly = 1)";
    }

    @Override
    String whatToName() {
      return "say which by `of` or by `family`";
    }

    @Override
    boolean isKnown(String name) {
      return known().contains(name);
    }

    @Override
    SortedSet<String> known() {
      return SyscallNames.known();
    }

    @Override
    String noSuch() {
      return "is no system call";
    }

    @Override
    String whereNamesAre() {
      return "give the kernel's name, as strace shows it";
    }

    @Override
    String statement(String operation) {
      return "each " + operation + " makes the system calls of its budget, and no other";
    }

    @Override
    String counted(long count, String name) {
      return "made " + count + " calls of " + name;
    }
  },

  COUNTERS("counter", "counts", "counters", "lab.counters(…)") {
    @Override
    String annotation() {
      return "@CountersPerOperation";
    }

    @Override
    List<Declared> declaredOn(Method method) {
      return Arrays.stream(method.getAnnotationsByType(CountersPerOperation.class))
          .map(budget ->
              new Declared(
                  budget.operation(),
                  budget.at(),
                  Stream.of(budget.budget()).map(BudgetKind::line).toList(),
                  0))
          .toList();
    }

    @Override
    String anExample() {
      return "@Counts(of = \"Tcp.OutRsts\", exactly = 0)";
    }

    @Override
    String whatToName() {
      return "say which by `of`";
    }

    @Override
    boolean isKnown(String name) {
      return CounterNames.isKnown(name);
    }

    @Override
    SortedSet<String> known() {
      return CounterNames.known();
    }

    @Override
    String noSuch() {
      return "is no counter";
    }

    @Override
    String whereNamesAre() {
      return "give group and name, such as \"Tcp.OutRsts\", as /proc/net/snmp and netstat have them";
    }

    @Override
    String statement(String operation) {
      return "each " + operation + " counts in the kernel what its budget says";
    }

    @Override
    String counted(long count, String name) {
      return "counted " + count + " of " + name;
    }
  };

  private final String noun;
  private final String unit;
  private final String title;
  private final String measuredBy;

  BudgetKind(String noun, String unit, String title, String measuredBy) {
    this.noun = noun;
    this.unit = unit;
    this.title = title;
    this.measuredBy = measuredBy;
  }

  /** How a user writes it. */
  abstract String annotation();

  /** The budgets that a method declares, as they stand. */
  abstract List<Declared> declaredOn(Method method);

  /** A line, for who has written none. */
  abstract String anExample();

  abstract String whatToName();

  abstract boolean isKnown(String name);

  abstract SortedSet<String> known();

  abstract String noSuch();

  abstract String whereNamesAre();

  /** The mechanism that a budget is. */
  abstract String statement(String operation);

  /** What a load did, in words. */
  abstract String counted(long count, String name);

  String noun() {
    return noun;
  }

  String unit() {
    return unit;
  }

  String title() {
    return title;
  }

  String measuredBy() {
    return measuredBy;
  }

  private static DeclaredLine line(Calls calls) {
    boolean named = calls.family().length == 0;
    List<SyscallFamily> families = List.of(calls.family());
    return new DeclaredLine(
        named
            ? List.of(calls.of())
            : families.stream().flatMap(family -> family.members().stream()).toList(),
        named
            ? String.join("|", calls.of())
            : families.stream()
                .map(family -> family.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("|")),
        Set.of(calls.on()),
        !named && calls.of().length > 0
            ? "a line has `of` and `family`; make it two, or name the calls"
            : "",
        calls.exactly(),
        calls.atMost(),
        calls.ignored(),
        calls.because());
  }

  private static DeclaredLine line(Counts counts) {
    return new DeclaredLine(
        List.of(counts.of()),
        String.join("|", counts.of()),
        Set.of(),
        "",
        counts.exactly(),
        counts.atMost(),
        counts.ignored(),
        counts.because());
  }
}

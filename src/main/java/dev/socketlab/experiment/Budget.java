package dev.socketlab.experiment;

import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.SyscallSlope;
import dev.socketlab.trace.internal.SyscallNames;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** What {@link SyscallsPerOperation} declares, checked. */
record Budget(String operation, String at, List<Line> lines, double others) {

  /** How a line bounds its calls. */
  enum Bound {
    EXACTLY,
    AT_MOST,
    IGNORED
  }

  /** A system call on descriptors of one kind; of any where there is none. */
  record Call(String name, Optional<DescriptorKind> on) {

    SyscallSlope slope(SyscallMix mix) {
      return on.map(mix::on).orElse(mix).slope(name);
    }

    @Override
    public String toString() {
      return on.map(kind -> name + " on " + label(kind)).orElse(name);
    }
  }

  /** One line: the sum of some calls, the words for them, and its bound. */
  record Line(
      List<String> names,
      String words,
      Set<DescriptorKind> on,
      Bound bound,
      double most,
      String because) {

    List<Call> calls() {
      return names.stream()
          .flatMap(name ->
              on.isEmpty()
                  ? Stream.of(new Call(name, Optional.empty()))
                  : on.stream().map(kind -> new Call(name, Optional.of(kind))))
          .toList();
    }

    SyscallSlope slope(SyscallMix mix) {
      return SyscallSlope.sum(calls().stream().map(call -> call.slope(mix)).toList());
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
    List<Budget> budgets =
        Arrays.stream(method.getAnnotationsByType(SyscallsPerOperation.class))
            .map(annotation -> of(method, annotation))
            .toList();
    if (budgets.isEmpty()) {
      return budgets;
    }
    if (!ExperimentMethods.isTrials(method)) {
      throw wrong(method, "it needs @Trials on the same method");
    }
    if (budgets.stream().map(Budget::operation).distinct().count() > 1) {
      throw wrong(method, "`operation` must be the same in all of them");
    }
    if (budgets.stream().map(Budget::at).distinct().count() < budgets.size()) {
      throw wrong(method, "two of them have the same `at`; give each its own level");
    }
    return budgets;
  }

  private static Budget of(Method method, SyscallsPerOperation annotation) {
    if (annotation.operation().isBlank()) {
      throw wrong(method, "`operation` is blank; say what one operation is");
    }
    if (!(annotation.others() >= 0)) { // so that NaN is refused too
      throw wrong(method, "`others` = " + annotation.others() + " must be at least 0");
    }
    if (annotation.budget().length == 0) {
      throw wrong(method, "`budget` has no line; add @Calls(of = \"read\", exactly = 1)");
    }
    SortedSet<String> known = SyscallNames.known();
    Map<String, Set<DescriptorKind>> seen = new HashMap<>();
    List<Line> lines = new ArrayList<>();
    for (Calls calls : annotation.budget()) {
      if (calls.of().length == 0 && calls.family().length == 0) {
        throw wrong(method, "a line names no call; say which by `of` or by `family`");
      }
      if (calls.of().length > 0 && calls.family().length > 0) {
        throw wrong(method, "a line has `of` and `family`; make it two, or name the calls");
      }
      for (String name : names(calls)) {
        if (!known.contains(name)) {
          throw wrong(method, "\"" + name + "\" is no system call" + like(name, known));
        }
        requireNew(method, name, Set.of(calls.on()), seen);
      }
      lines.add(line(method, calls));
    }
    return new Budget(
        annotation.operation(), annotation.at(), List.copyOf(lines), annotation.others());
  }

  /** Of one call, either one line is for all descriptors, or each line is for other kinds. */
  private static void requireNew(
      Method method, String name, Set<DescriptorKind> on, Map<String, Set<DescriptorKind>> seen) {
    Set<DescriptorKind> before = seen.get(name);
    if (before == null) {
      seen.put(name, on);
    } else if (before.isEmpty() || on.isEmpty() || !Collections.disjoint(before, on)) {
      throw wrong(method, "\"" + name + "\" has two lines; keep one");
    } else {
      seen.put(name, EnumSet.copyOf(Stream.concat(before.stream(), on.stream()).toList()));
    }
  }

  private static List<String> names(Calls calls) {
    return calls.family().length == 0
        ? List.of(calls.of())
        : Stream.of(calls.family()).flatMap(family -> family.members().stream()).toList();
  }

  private static String words(Calls calls) {
    return calls.family().length == 0
        ? String.join("|", calls.of())
        : Stream.of(calls.family())
            .map(family -> family.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("|"));
  }

  static String label(DescriptorKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Line line(Method method, Calls calls) {
    List<String> names = names(calls);
    String words = words(calls);
    Set<DescriptorKind> on = Set.of(calls.on());
    boolean exactly = calls.exactly() != Integer.MIN_VALUE;
    boolean atMost = !Double.isNaN(calls.atMost());
    if (Stream.of(exactly, atMost, calls.ignored()).filter(given -> given).count() != 1) {
      throw wrong(
          method,
          "the line of " + names + " must say one of `exactly`, `atMost` and `ignored = true`");
    }
    if (calls.ignored()) {
      if (calls.because().isBlank()) {
        throw wrong(method, "the line of " + names + " is `ignored`; say why in `because`");
      }
      return new Line(names, words, on, Bound.IGNORED, 0, calls.because());
    }
    double most = exactly ? calls.exactly() : calls.atMost();
    if (!(most >= 0) || Double.isInfinite(most)) {
      throw wrong(
          method,
          "the line of %s has `%s` = %s, which must be at least 0"
              .formatted(names, exactly ? "exactly" : "atMost", number(most)));
    }
    return new Line(
        names, words, on, exactly ? Bound.EXACTLY : Bound.AT_MOST, most, calls.because());
  }

  /** Names what was probably meant: the same letters at the start, or one name within the other. */
  private static String like(String name, SortedSet<String> known) {
    List<String> near =
        known.stream()
            .filter(other ->
                !name.isEmpty()
                    && (other.startsWith(name)
                        || name.startsWith(other)
                        || other.startsWith(name.substring(0, Math.min(4, name.length())))))
            .limit(6)
            .toList();
    return near.isEmpty()
        ? "; give the kernel's name, as strace shows it"
        : "; did you mean one of " + near + "?";
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  static ExtensionConfigurationException wrong(Method method, String what) {
    return new ExtensionConfigurationException(
        "@SyscallsPerOperation on " + method.getName() + ": " + what);
  }
}

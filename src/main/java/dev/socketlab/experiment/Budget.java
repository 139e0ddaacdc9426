package dev.socketlab.experiment;

import dev.socketlab.probe.SyscallNames;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
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

  /** One line: the sum of some calls, and its bound. */
  record Line(List<String> calls, Bound bound, double most, String because) {

    String name() {
      return String.join("|", calls);
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
    Set<String> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Calls calls : annotation.budget()) {
      if (calls.of().length == 0) {
        throw wrong(method, "`of` names no call");
      }
      for (String name : calls.of()) {
        if (!known.contains(name)) {
          throw wrong(method, "\"" + name + "\" is no system call" + like(name, known));
        }
        if (!seen.add(name)) {
          throw wrong(method, "\"" + name + "\" has two lines; keep one");
        }
      }
      lines.add(line(method, calls));
    }
    return new Budget(
        annotation.operation(), annotation.at(), List.copyOf(lines), annotation.others());
  }

  private static Line line(Method method, Calls calls) {
    List<String> names = List.of(calls.of());
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
      return new Line(names, Bound.IGNORED, 0, calls.because());
    }
    double most = exactly ? calls.exactly() : calls.atMost();
    if (!(most >= 0) || Double.isInfinite(most)) {
      throw wrong(
          method,
          "the line of %s has `%s` = %s, which must be at least 0"
              .formatted(names, exactly ? "exactly" : "atMost", number(most)));
    }
    return new Line(names, exactly ? Bound.EXACTLY : Bound.AT_MOST, most, calls.because());
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

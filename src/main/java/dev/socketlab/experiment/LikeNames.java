package dev.socketlab.experiment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** Names what was probably meant by a name that there is not. */
final class LikeNames {

  private static final int MOST_SHOWN = 6;
  private static final int LETTERS_PER_MISTAKE = 4;
  private static final int COMMON_START = 4;

  private LikeNames() {}

  /** A question with the names that are near, the nearest first; empty where none is. */
  static Optional<String> suggest(String name, SortedSet<String> known) {
    List<String> near =
        known.stream()
            .filter(other -> isNear(name, other))
            .sorted(Comparator.comparingInt(other -> distance(name, other)))
            .limit(MOST_SHOWN)
            .toList();
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of(
            near.size() == 1
                ? "did you mean " + near.getFirst() + "?"
                : "did you mean one of " + near + "?");
  }

  private static boolean isNear(String name, String other) {
    return !name.isEmpty()
        && (distance(name, other) <= Math.clamp(name.length() / LETTERS_PER_MISTAKE, 1, 2)
            || other.startsWith(name)
            || name.startsWith(other)
            || (withoutGroup(other).equals(other)
                && other.startsWith(name.substring(0, Math.min(COMMON_START, name.length())))));
  }

  /** A counter without its group, or with another one, is near too. */
  private static int distance(String name, String other) {
    return Math.min(mistakes(name, other), mistakes(withoutGroup(name), withoutGroup(other)));
  }

  private static String withoutGroup(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  /**
   * How many letters were left out, added, replaced or swapped with the next (the restricted
   * Damerau-Levenshtein distance); upper and lower case are alike.
   */
  static int mistakes(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(cost[i - 1][j - 1] + replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}

package dev.socketlab.artifact.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses {@code git status --porcelain=v2 --branch -z}. Records end with NUL; their paths are
 * relative to the top of the checkout, unquoted. Formats:
 *
 * <pre>
 * # branch.oid COMMIT            or "(initial)"
 * 1 XY sub mH mI mW hH hI PATH
 * 2 XY sub mH mI mW hH hI Xscore PATH NUL ORIGINAL-PATH
 * u XY sub m1 m2 m3 mW h1 h2 h3 PATH
 * ? PATH
 * </pre>
 *
 * @param commit the commit's name, or {@code (initial)}
 * @param changed the changed and untracked paths, in git's order
 */
record GitStatus(String commit, List<String> changed) {
  private static final String COMMIT = "# branch.oid ";

  static GitStatus parse(String porcelain) {
    String commit = "";
    List<String> changed = new ArrayList<>();
    String[] records = porcelain.split("\0", -1);
    for (int i = 0; i < records.length; i++) {
      String record = records[i];
      if (record.startsWith(COMMIT)) {
        commit = record.substring(COMMIT.length());
        continue;
      }
      switch (record.isEmpty() ? ' ' : record.charAt(0)) {
        case '1' -> changed.add(field(record, 9));
        case '2' -> {
          changed.add(field(record, 10));
          changed.add(records[++i]);
        }
        case 'u' -> changed.add(field(record, 11));
        case '?' -> changed.add(field(record, 2));
        case '#', ' ' -> {}
        default -> throw new IllegalArgumentException("not a line of git status v2: " + record);
      }
    }
    if (commit.isEmpty()) {
      throw new IllegalArgumentException("git status v2 names no commit: " + porcelain);
    }
    return new GitStatus(commit, changed);
  }

  /** Return the last of so many fields, which alone may contain spaces. */
  private static String field(String record, int count) {
    String[] fields = record.split(" ", count);
    if (fields.length < count) {
      throw new IllegalArgumentException("git status v2 line is too short: " + record);
    }
    return fields[count - 1];
  }
}

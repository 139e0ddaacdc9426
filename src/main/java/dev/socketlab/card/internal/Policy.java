package dev.socketlab.card.internal;

import dev.socketlab.card.Law;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which laws a server may break, and why, from a file: a law on each line, such as {@code
 * SL-CLOSE-02 accepted because "the protocol forbids it"}. Empty lines and what begins with # are
 * left out.
 */
public final class Policy {
  private static final Pattern LINE =
      Pattern.compile("(\\S+) +accepted +because +\"([^\"]*\\S[^\"]*)\"");

  private Policy() {}

  /**
   * Reads a policy.
   *
   * @param file its name, for messages
   * @param lines what stands in it
   * @return a reason for each law
   * @throws IllegalArgumentException if a line is none of a policy, with its number
   */
  public static Map<Law, String> of(String file, List<String> lines) {
    Map<Law, String> accepted = new EnumMap<>(Law.class);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String where = "%s, line %d".formatted(file, i + 1);
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "%s: \"%s\" must be ID accepted because \"a reason\"".formatted(where, line));
      }
      Law law =
          law(matcher.group(1))
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "%s: \"%s\" is no law; socketlab card --list shows them"
                          .formatted(where, matcher.group(1))));
      if (accepted.put(law, matcher.group(2).strip()) != null) {
        throw new IllegalArgumentException(
            "%s: %s is accepted a second time".formatted(where, law.id()));
      }
    }
    return Collections.unmodifiableMap(accepted);
  }

  private static Optional<Law> law(String id) {
    return Arrays.stream(Law.values()).filter(law -> law.id().equals(id)).findFirst();
  }
}

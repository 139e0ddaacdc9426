package dev.socketlab.card.internal;

import dev.socketlab.artifact.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came out of a law.
 *
 * @param verdict HOLDS, FAILED or NOTE
 * @param words what was done, and what the kernel counted
 * @param figures what a comparison of two cards compares: the same each time
 */
public record Judgement(Verdict verdict, String words, Map<String, Long> figures) {

  public Judgement {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  static Judgement of(boolean holds, String words, Object... values) {
    return new Judgement(holds ? Verdict.HOLDS : Verdict.FAILED, words(words, values), Map.of());
  }

  static Judgement note(String words, Object... values) {
    return new Judgement(Verdict.NOTE, words(words, values), Map.of());
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of users
  private static String words(String words, Object... values) {
    return values.length == 0 ? words : words.formatted(values);
  }

  /** Adds a figure that is the same in each run of the same server. */
  Judgement exact(String figure, long value) {
    Map<String, Long> more = new LinkedHashMap<>(figures);
    more.put(figure, value);
    return new Judgement(verdict, words, more);
  }
}

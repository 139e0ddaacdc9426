package dev.socketlab.compare.internal;

import dev.socketlab.artifact.Artifact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Under which circumstances a run took place: what a difference of figures may come from. */
final class Context {
  static final String ABSENT = "absent";

  private Context() {}

  static List<Difference> differences(Artifact before, Artifact after) {
    return differences(facts(before), facts(after));
  }

  static List<Difference> differences(Map<String, String> before, Map<String, String> after) {
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String name : names) {
      String was = before.getOrDefault(name, ABSENT);
      String is = after.getOrDefault(name, ABSENT);
      if (!was.equals(is)) {
        differences.add(new Difference(name, was, is));
      }
    }
    return differences;
  }

  static Map<String, String> facts(Artifact artifact) {
    Map<String, String> facts = new LinkedHashMap<>();
    artifact
        .parameters()
        .forEach(parameter -> facts.put("parameter " + parameter.key(), parameter.value()));
    facts.putAll(artifact.provenance().facts());
    return facts;
  }
}

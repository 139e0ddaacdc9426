package dev.socketlab.compare;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Provenance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Under which circumstances a run took place: what a difference of figures may come from. */
final class Context {
  private static final String ABSENT = "absent";

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

  private static Map<String, String> facts(Artifact artifact) {
    Provenance provenance = artifact.provenance();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("source digest", provenance.source().digest());
    facts.put("commit", provenance.source().commit());
    facts.put("working tree", provenance.source().workingTree());
    facts.put("JDK", provenance.jdk());
    provenance.subjects().forEach((name, how) -> facts.put("subject " + name, how));
    artifact
        .parameters()
        .forEach(parameter -> facts.put("parameter " + parameter.key(), parameter.value()));
    facts.put("network", provenance.network());
    facts.put("kernel", provenance.platform().kernel());
    facts.put("OS", provenance.platform().os());
    facts.put("placement", provenance.platform().placement());
    facts.put("clock tick", provenance.platform().clockTick());
    provenance.platform().sysctls().forEach((name, value) -> facts.put("sysctl " + name, value));
    facts.put("CPU", provenance.hardware().cpu());
    facts.put("cores", Integer.toString(provenance.hardware().cores()));
    facts.put("online processors", provenance.hardware().onlineProcessors());
    facts.put("machine", provenance.hardware().machine());
    facts.put("memory", provenance.hardware().memory());
    provenance.tools().forEach((name, version) -> facts.put("tool " + name, version));
    facts.put("schema version", Integer.toString(artifact.schemaVersion()));
    return facts;
  }
}

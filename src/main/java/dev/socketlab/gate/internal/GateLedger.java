package dev.socketlab.gate.internal;

import dev.socketlab.gate.GateFinding;
import dev.socketlab.internal.text.TextGrid;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * The gates that a run has checked, one ledger for each launcher session. A machine is looked at
 * once for each distinct gate; who asked is kept, so that the run can end with one table.
 *
 * {@snippet :
 * for (GateCheck check : GateLedger.of(context).checks()) {
 *   System.out.println(check.describe());
 * }
 * }
 */
public final class GateLedger {

  static final Namespace NAMESPACE = Namespace.create(GateLedger.class);

  private final Map<Object, GateFinding> findings = new LinkedHashMap<>();
  private final Set<Entry> entries = new LinkedHashSet<>();

  /** Several classes may share one name, their tag. */
  private record Entry(Class<?> type, GateCheck check) {}

  public GateLedger() {}

  /**
   * The ledger of the session that a test runs in.
   *
   * @param context any context of the session
   * @return the session's ledger
   */
  @SuppressWarnings("deprecation") // in JUnit 6, whose computeIfAbsent JUnit 5 does not have
  public static GateLedger of(ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
            .getOrComputeIfAbsent(GateLedger.class, _ -> new GateLedger(), GateLedger.class));
  }

  /**
   * Checks a gate that is not declared by an annotation, for instance one that an experiment can do
   * without.
   *
   * @param context the test that asks; gives the strict mode
   * @param type the class that needs the gate
   * @param experiment its name
   * @param gate the gate's name, also the key under which the finding is kept
   * @param detector looks at the machine, called once in a session
   * @return the check, already in the ledger
   */
  public GateCheck check(
      ExtensionContext context,
      Class<?> type,
      String experiment,
      String gate,
      Supplier<GateFinding> detector) {
    return enter(gate, type, experiment, gate, StrictMode.of(context), detector);
  }

  /**
   * Enters what was found about a gate that is not declared by an annotation. It is not kept for
   * later: another time or another experiment may find something else.
   *
   * @param context the test that asks; gives the strict mode
   * @param type the class that needs the gate
   * @param experiment its name
   * @param gate the gate's name
   * @param finding what was found
   * @return the check, already in the ledger
   */
  public synchronized GateCheck enter(
      ExtensionContext context,
      Class<?> type,
      String experiment,
      String gate,
      GateFinding finding) {
    return enter(type, experiment, gate, StrictMode.of(context), finding);
  }

  public synchronized GateCheck enter(
      Object key,
      Class<?> type,
      String experiment,
      String gate,
      StrictMode strict,
      Supplier<GateFinding> detector) {
    return enter(
        type, experiment, gate, strict, findings.computeIfAbsent(key, _ -> detector.get()));
  }

  private GateCheck enter(
      Class<?> type, String experiment, String gate, StrictMode strict, GateFinding finding) {
    GateCheck check = new GateCheck(experiment, gate, finding, strict.demands(gate));
    entries.add(new Entry(type, check));
    return check;
  }

  /**
   * What has been checked so far.
   *
   * @return the checks in the order in which they were first made, each once
   */
  public synchronized List<GateCheck> checks() {
    return entries.stream().map(Entry::check).distinct().toList();
  }

  /**
   * What has been checked so far for one class.
   *
   * @param type the experiment's class
   * @return its checks in the order in which they were first made
   */
  public synchronized List<GateCheck> checks(Class<?> type) {
    return entries.stream().filter(e -> e.type() == type).map(Entry::check).toList();
  }

  /**
   * The gates on a class or method that were checked and found closed.
   *
   * @param element the class or method
   * @return what was found for each closed gate; empty where all are open or none was checked
   */
  public synchronized List<GateFinding> closedOn(AnnotatedElement element) {
    return GateAnnotations.on(element).stream()
        .map(findings::get)
        .filter(finding -> finding != null && !finding.open())
        .toList();
  }

  /** The table that a run ends with, one line for each check, empty where nothing was checked. */
  public synchronized List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    for (GateCheck check : checks()) {
      String state = check.finding().open() ? "open" : check.strict() ? "DEMANDED" : "closed";
      rows.add(List.of(check.experiment(), check.gate(), state, check.finding().reason()));
    }
    if (!rows.isEmpty()) {
      rows.addFirst(List.of("experiment", "gate", "state", "why"));
    }
    return TextGrid.align("", rows, Set.of());
  }
}

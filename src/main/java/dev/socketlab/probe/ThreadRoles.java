package dev.socketlab.probe;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tell a thread's role from its name: ordered rules, of which the first that matches the whole name
 * decides.
 *
 * <p>The kernel cuts names after 15 bytes, so a rule sees {@code C2 CompilerThre} and {@code
 * ForkJoinPool-1-}. The two threads called {@code java} are the launcher's and the main one: {@link
 * ThreadRole#OTHER}, unless a rule says that main serves.
 *
 * <pre>{@code
 * ThreadRole role =
 *     ThreadRoles.ofJvm().firstRule(ThreadRole.SERVING, "my-loop-.*").of("my-loop-1");
 * }</pre>
 */
public final class ThreadRoles {
  private record Rule(ThreadRole role, Pattern names) {}

  private static final ThreadRoles JVM =
      new ThreadRoles(List.of())
          .thenRule(ThreadRole.JIT, "C[12] Compiler.*|JVMCI.*")
          .thenRule(
              ThreadRole.GC, "GC Thread#.*|G1 .*|Z(Driver|Director|Stat|Worker|Uncommit|Unmap).*")
          .thenRule(ThreadRole.GC, "Shenandoah.*|ParallelGC.*")
          .thenRule(ThreadRole.VM, "VM Thread|VM Periodic Tas|Monitor Deflati|Signal Dispatch")
          .thenRule(ThreadRole.VM, "Service Thread|Finalizer|Reference Handl|Notification Th")
          .thenRule(ThreadRole.VM, "Common-Cleaner|Cleaner-.*|Attach Listener|JFR .*")
          .thenRule(
              ThreadRole.SERVING, "ForkJoinPool-1-|VirtualThread-u|.*Poller.*|multiThreadIoEv");

  private final List<Rule> rules;

  private ThreadRoles(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Know the threads of a HotSpot virtual machine: its compilers, collectors and service threads,
   * and as serving the carriers and pollers of virtual threads and Netty's event loops.
   *
   * <p>{@code VM Thread} also does the work of the Serial collector.
   *
   * @return the rules; without one of your own, any other name is {@link ThreadRole#OTHER}
   */
  public static ThreadRoles ofJvm() {
    return JVM;
  }

  /**
   * Put a rule before all others.
   *
   * @param role the role of the threads it matches
   * @param nameRegex regular expression for the whole name, cut after 15 bytes
   * @return the extended rules
   */
  public ThreadRoles firstRule(ThreadRole role, String nameRegex) {
    return new ThreadRoles(
        Stream.concat(Stream.of(new Rule(role, Pattern.compile(nameRegex))), rules.stream())
            .toList());
  }

  private ThreadRoles thenRule(ThreadRole role, String nameRegex) {
    return new ThreadRoles(
        Stream.concat(rules.stream(), Stream.of(new Rule(role, Pattern.compile(nameRegex))))
            .toList());
  }

  /**
   * Tell a thread's role.
   *
   * @param threadName name as {@link ThreadCounters#name()} has it
   * @return the role of the first rule that matches, else {@link ThreadRole#OTHER}
   */
  public ThreadRole of(String threadName) {
    return rules.stream()
        .filter(rule -> rule.names().matcher(threadName).matches())
        .map(Rule::role)
        .findFirst()
        .orElse(ThreadRole.OTHER);
  }
}

package dev.socketlab.probe;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Tell a thread's role from its name: ordered rules, of which the first that matches the whole name
 * decides.
 *
 * <p>The kernel cuts names after 15 bytes, so a rule sees {@code C2 CompilerThre} and {@code
 * ForkJoinPool-1-}. The two threads called {@code java} are the launcher's and the main one: {@link
 * Role#OTHER}, unless a rule says that main serves.
 *
 * {@snippet :
 * ThreadRoles.Role role =
 *     ThreadRoles.ofJvm().firstRule(ThreadRoles.Role.SERVING, "my-loop-.*").of("my-loop-1");
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ThreadRoles {
  private record Rule(Role role, Pattern names) {}

  private static final ThreadRoles JVM =
      new ThreadRoles(List.of())
          .thenRule(Role.JIT, "C[12] Compiler.*|JVMCI.*")
          .thenRule(Role.GC, "GC Thread#.*|G1 .*|Z(Driver|Director|Stat|Worker|Uncommit|Unmap).*")
          .thenRule(Role.GC, "Shenandoah.*|ParallelGC.*")
          .thenRule(Role.VM, "VM Thread|VM Periodic Tas|Monitor Deflati|Signal Dispatch")
          .thenRule(Role.VM, "Service Thread|Finalizer|Reference Handl|Notification Th")
          .thenRule(Role.VM, "Common-Cleaner|Cleaner-.*|Attach Listener|JFR .*")
          .thenRule(Role.SERVING, "ForkJoinPool-1-|VirtualThread-u|.*Poller.*|multiThreadIoEv");

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
   * @return the rules; without one of your own, any other name is {@link Role#OTHER}
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
  public ThreadRoles firstRule(Role role, String nameRegex) {
    return new ThreadRoles(
        Stream.concat(Stream.of(new Rule(role, Pattern.compile(nameRegex))), rules.stream())
            .toList());
  }

  private ThreadRoles thenRule(Role role, String nameRegex) {
    return new ThreadRoles(
        Stream.concat(rules.stream(), Stream.of(new Rule(role, Pattern.compile(nameRegex))))
            .toList());
  }

  /**
   * Tell a thread's role.
   *
   * @param threadName name as {@link ThreadUsage.Counters#name()} has it
   * @return the role of the first rule that matches, else {@link Role#OTHER}
   */
  public Role of(String threadName) {
    return rules.stream()
        .filter(rule -> rule.names().matcher(threadName).matches())
        .map(Rule::role)
        .findFirst()
        .orElse(Role.OTHER);
  }

  /**
   * What a thread of a server does.
   *
   * {@snippet :
   * ThreadRoles roles = ThreadRoles.ofJvm().firstRule(ThreadRoles.Role.SERVING, "my-loop-.*");
   * }
   */
  public enum Role {
    /** Handles connections and requests. */
    SERVING,
    /** Compiles bytecode. */
    JIT,
    /** Collects garbage. */
    GC,
    /** Other work of the virtual machine, such as safepoints, signals and cleaners. */
    VM,
    /** None of these, as far as its name tells. */
    OTHER
  }
}

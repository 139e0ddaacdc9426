package dev.socketlab.probe;

/**
 * What a thread of a server does.
 *
 * <pre>{@code
 * ThreadRoles roles = ThreadRoles.ofJvm().firstRule(ThreadRole.SERVING, "my-loop-.*");
 * }</pre>
 */
public enum ThreadRole {
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

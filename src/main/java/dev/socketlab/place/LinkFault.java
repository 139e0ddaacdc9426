package dev.socketlab.place;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fault on a link that works until it is closed, and counts what it did, so that an experiment
 * can show that the injection took place. In an experiment it ends with the trial or test that made
 * it. Its counts stay readable after that. Used by one thread at a time.
 *
 * <pre>{@code
 * try (LinkFault loss = lab.peer().dropEvery(10, Traffic.UDP)) {
 *   burst(100);
 *   assertThat(loss.dropped()).isEqualTo(10);
 * }
 * }</pre>
 */
public final class LinkFault implements AutoCloseable {

  /**
   * What a fault did.
   *
   * @param seen packets that the fault was applied to, dropped ones included
   * @param dropped packets that it dropped
   */
  public record Counts(long seen, long dropped) {}

  private final String name;
  private final Supplier<Counts> counter;
  private final Runnable removal;
  private @Nullable Counts last;

  LinkFault(String name, Supplier<Counts> counter, Runnable removal) {
    this.name = name;
    this.counter = counter;
    this.removal = removal;
  }

  /**
   * Reads what it has done so far, from the kernel.
   *
   * @return the counts; of a fault that was removed, those at its end
   */
  public Counts counts() {
    Counts ended = last;
    return ended == null ? counter.get() : ended;
  }

  /**
   * How many packets it has dropped so far.
   *
   * @return packets
   */
  public long dropped() {
    return counts().dropped();
  }

  /**
   * How many packets it was applied to so far.
   *
   * @return packets, dropped ones included
   */
  public long seen() {
    return counts().seen();
  }

  /** Removes it; does nothing the second time. */
  @Override
  public void close() {
    if (last == null) {
      try {
        last = counter.get();
      } finally {
        removal.run();
      }
    }
  }

  /**
   * Says what it is.
   *
   * @return for instance {@code each 10th UDP packet that arrives at 198.18.0.2 is dropped}
   */
  @Override
  public String toString() {
    return name;
  }
}

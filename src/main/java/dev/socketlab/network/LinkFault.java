package dev.socketlab.network;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A fault on a link that works until it is closed, and counts what it did, so that an experiment
 * can show that the injection took place. In an experiment it ends with the trial or test that made
 * it. Its counts stay readable after that. Used by one thread at a time.
 *
 * {@snippet :
 * try (LinkFault loss = lab.peer().dropEvery(10, Traffic.UDP)) {
 *   burst(100);
 *   assertThat(loss.dropped()).isEqualTo(10);
 * }
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class LinkFault implements AutoCloseable {

  /**
   * What a fault did.
   *
   * @param seen packets that the fault was applied to, dropped ones included
   * @param dropped packets that it dropped
   */
  public record Counts(long seen, long dropped) {
    Counts plus(Counts other) {
      return new Counts(seen + other.seen, dropped + other.dropped);
    }
  }

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

  /**
   * The kinds of faults on a link; which of them are available depends on the kernel and the tools.
   *
   * {@snippet :
   * Optional<String> whyNot = LinkFault.Kind.DELAY.obstacle(); // netem may be missing
   * }
   */
  @SuppressWarnings("ImmutableEnumChecker") // The functions capture nothing.
  public enum Kind {
    /** Packets are dropped by {@code nft}. */
    DROP("link-drop", peer -> peer.dropEvery(2, Traffic.UDP)),
    /** The rate is capped by {@code tc}'s tbf. */
    BANDWIDTH("link-bandwidth", peer -> peer.capBandwidth(1_000_000, 2_000, 4_000)),
    /** Packets are delayed by {@code tc}'s netem. */
    DELAY("link-delay", peer -> peer.delay(Duration.ofMillis(1)));

    private final String label;
    private final Function<NetworkHost, LinkFault> attempt;

    Kind(String label, Function<NetworkHost, LinkFault> attempt) {
      this.label = label;
      this.attempt = attempt;
    }

    /**
     * The name of its gate.
     *
     * @return for instance {@code link-drop}
     */
    public String label() {
      return label;
    }

    /**
     * Sets and removes such a fault on a link of its own.
     *
     * @return what stands in the way; empty where it worked
     */
    public Optional<String> obstacle() {
      try (TwoHosts hosts = TwoHosts.open();
          LinkFault fault = attempt.apply(hosts.peer())) {
        fault.counts();
        return Optional.empty();
      } catch (NetworkRefusedException refusal) {
        return Optional.of(String.valueOf(refusal.getMessage()));
      }
    }
  }
}

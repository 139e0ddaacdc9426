package dev.socketlab.place;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The kinds of faults on a link; which of them can be had depends on the kernel and the tools.
 *
 * <pre>{@code
 * Optional<String> whyNot = FaultKind.DELAY.obstacle(); // netem may be missing
 * }</pre>
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions capture nothing.
public enum FaultKind {
  /** Packets are dropped by {@code nft}. */
  DROP("link-drop", peer -> peer.dropEvery(2, Traffic.UDP)),
  /** The rate is capped by {@code tc}'s tbf. */
  BANDWIDTH("link-bandwidth", peer -> peer.capBandwidth(1_000_000, 2_000, 4_000)),
  /** Packets are delayed by {@code tc}'s netem. */
  DELAY("link-delay", peer -> peer.delay(Duration.ofMillis(1)));

  private final String label;
  private final Function<NetworkHost, LinkFault> attempt;

  FaultKind(String label, Function<NetworkHost, LinkFault> attempt) {
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
    } catch (UnsupportedOperationException refusal) {
      return Optional.of(String.valueOf(refusal.getMessage()));
    }
  }
}

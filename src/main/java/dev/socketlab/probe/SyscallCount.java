package dev.socketlab.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How often one system call was made.
 *
 * <pre>{@code
 * SyscallCount read = counts.counts().get("read");
 * long failed = read.errors().orElse(0);
 * }</pre>
 *
 * @param calls number of calls
 * @param errors how many of them failed; empty when the tool does not count failures
 * @param time time spent in them as the tool measured it, perturbed by the tool; empty when it does
 *     not measure
 */
public record SyscallCount(long calls, OptionalLong errors, Optional<Duration> time) {

  /** Check the ranges. */
  public SyscallCount {
    if (calls < 0 || errors.orElse(0) < 0 || errors.orElse(0) > calls) {
      throw new IllegalArgumentException(
          "0 <= errors <= calls must hold: calls=%d, errors=%s".formatted(calls, errors));
    }
  }

  static SyscallCount ofCalls(long calls) {
    return new SyscallCount(calls, OptionalLong.empty(), Optional.empty());
  }
}

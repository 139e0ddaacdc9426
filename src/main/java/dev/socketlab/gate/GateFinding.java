package dev.socketlab.gate;

import java.util.Objects;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What a {@link GateDetector} found on this machine.
 *
 * {@snippet :
 * GateFinding found =
 *     Files.isWritable(Path.of("/dev/net/tun"))
 *         ? GateFinding.open("/dev/net/tun can be written")
 *         : GateFinding.closed("/dev/net/tun cannot be written; run as root");
 * }
 *
 * @param open whether the experiment may run
 * @param reason what was found here, and when the gate is closed what was needed; never blank
 */
@API(status = Status.MAINTAINED, since = "0.1")
public record GateFinding(boolean open, String reason) {

  /** Checks that a reason is given: a gate that says nothing is a silent skip. */
  public GateFinding {
    Objects.requireNonNull(reason, "reason");
    if (reason.isBlank()) {
      throw new IllegalArgumentException("a gate finding needs a reason, reason is blank");
    }
  }

  /**
   * An open gate.
   *
   * @param found what was found on this machine, for instance {@code strace 6.1}
   * @return the finding
   */
  public static GateFinding open(String found) {
    return new GateFinding(true, found);
  }

  /**
   * A closed gate.
   *
   * @param reason what was needed and what was found instead
   * @return the finding
   */
  public static GateFinding closed(String reason) {
    return new GateFinding(false, reason);
  }
}

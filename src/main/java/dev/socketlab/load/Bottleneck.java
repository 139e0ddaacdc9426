package dev.socketlab.load;

import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Which side of a load had no processor time left. A side is at its limit when it was running for
 * at least {@value #BUSY} of the time that it could have run: the driver on its threads; the server
 * on its own threads, or on what the driver left of the processors, whichever is less. A driver at
 * its limit is named first, because then nothing is known of the server. With neither at its limit,
 * both waited: for each other, for the kernel's timers, or for the pace of an open loop.
 *
 * <p>The driver's threads look for the next start without sleeping in an open loop, so that their
 * share says little there; {@link LoadResult#startLag()} says whether the driver kept up.
 *
 * {@snippet :
 * Bottleneck bottleneck = Bottleneck.of(result, serverCpu, 1);
 * assertThat(bottleneck.side()).isNotEqualTo(Bottleneck.Side.DRIVER);
 * }
 *
 * @param side who was at the limit
 * @param driverShare how much of its possible time the driver was running, 0 to 1
 * @param serverShare how much of its possible time the server was running, 0 to 1
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Bottleneck(Side side, double driverShare, double serverShare) {
  /** From this share on, a side is at its limit. */
  public static final double BUSY = 0.9;

  /** The sides of a load. */
  public enum Side {
    /** The result says what the driver can do, not what the server can. */
    DRIVER,
    /** The server used all the processor time that it could get. */
    SERVER,
    /** Both had time left. */
    NEITHER
  }

  /**
   * Judge a load on this machine.
   *
   * @param result what came of it
   * @param serverCpu the server's processor time during the measured part, user and system
   * @param serverThreads how many of the server's threads can run at a time, from 1; a large number
   *     if there is no such limit
   * @return who was at the limit
   */
  public static Bottleneck of(LoadResult result, Duration serverCpu, int serverThreads) {
    return of(
        result.wall(),
        result.driverCpu(),
        result.threads(),
        serverCpu,
        serverThreads,
        Runtime.getRuntime().availableProcessors());
  }

  static Bottleneck of(
      Duration wall,
      Duration driverCpu,
      int driverThreads,
      Duration serverCpu,
      int serverThreads,
      int cores) {
    double driverCores = (double) driverCpu.toNanos() / wall.toNanos();
    double serverCores = (double) serverCpu.toNanos() / wall.toNanos();
    double driverShare = share(driverCores, Math.min(driverThreads, cores));
    double serverShare = share(serverCores, Math.min(serverThreads, cores - driverCores));
    Side side = serverShare >= BUSY ? Side.SERVER : Side.NEITHER;
    return new Bottleneck(driverShare >= BUSY ? Side.DRIVER : side, driverShare, serverShare);
  }

  // Processor time is accounted with a granularity: a share a little above 1 is 1.
  private static double share(double used, double possible) {
    return possible <= 0 ? 1 : Math.min(1, used / possible);
  }
}

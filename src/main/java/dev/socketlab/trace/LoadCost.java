package dev.socketlab.trace;

import java.time.Duration;

/**
 * What a load cost.
 *
 * <pre>{@code
 * double microsEach = cost.cpu().toNanos() / 1_000.0 / cost.operations();
 * }</pre>
 *
 * @param operations how many operations it was
 * @param wall time from its start to its end, as the driver saw it
 * @param cpu CPU time of the subject, user and system, including threads that have ended
 * @param cpuResolution how far the CPU time may be off: two clock ticks
 */
public record LoadCost(long operations, Duration wall, Duration cpu, Duration cpuResolution) {}

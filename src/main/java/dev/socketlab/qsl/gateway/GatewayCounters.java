package dev.socketlab.qsl.gateway;

/**
 * What a gateway has counted so far.
 *
 * @param accepted connections that got a session
 * @param shed connections that were closed at once, because of the connection cap or because no
 *     thread could be had
 * @param open sessions that have not ended
 * @param dropped sessions that ended because a reply would have exceeded the limit
 * @param failed sessions that ended with an error of the connection, such as a reset
 * @param acceptFailures attempts to accept that failed, for instance for want of a descriptor
 */
public record GatewayCounters(
    long accepted, long shed, long open, long dropped, long failed, long acceptFailures) {

  /**
   * Return the counters as one line.
   *
   * @return {@code key=value} pairs
   */
  @Override
  public String toString() {
    return "accepted="
        + accepted
        + " shed="
        + shed
        + " open="
        + open
        + " dropped="
        + dropped
        + " failed="
        + failed
        + " accept_failures="
        + acceptFailures;
  }
}

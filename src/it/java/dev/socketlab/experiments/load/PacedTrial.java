package dev.socketlab.experiments.load;

import dev.socketlab.load.LoadResult;
import dev.socketlab.probe.TcpBooks;
import dev.socketlab.qsl.gateway.TransportKind;

/**
 * What sessions at a fixed rate have seen of one gateway.
 *
 * @param transport the gateway's transport
 * @param perSecond how many started in a second
 * @param result what came of them
 * @param books the kernel's
 */
record PacedTrial(TransportKind transport, int perSecond, LoadResult result, TcpBooks books) {

  @Override
  public String toString() {
    return transport + " at " + perSecond + " sessions/s";
  }
}

package dev.socketlab.experiments.load;

import dev.socketlab.ledger.TcpLedger;
import dev.socketlab.load.LoadResult;
import dev.socketlab.qsl.gateway.TransportKind;
import java.util.stream.Stream;

/**
 * What sessions at a fixed rate have seen of one gateway.
 *
 * @param transport the gateway's transport
 * @param perSecond how many started in a second
 * @param result what came of them
 * @param ledger the kernel's
 */
record PacedTrial(TransportKind transport, int perSecond, LoadResult result, TcpLedger ledger)
    implements Observed {

  @Override
  public Stream<LoadResult> results() {
    return Stream.of(result);
  }

  @Override
  public String toString() {
    return transport + " at " + perSecond + " sessions/s";
  }
}

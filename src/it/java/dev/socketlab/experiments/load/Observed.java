package dev.socketlab.experiments.load;

import dev.socketlab.ledger.TcpLedger;
import dev.socketlab.load.Failures;
import dev.socketlab.load.LoadResult;
import java.util.stream.Stream;

/** What the mechanisms ask of a trial, whatever its loads. */
interface Observed {

  /** Its loads, in their order. */
  Stream<LoadResult> results();

  /** The kernel's ledger, over all of them. */
  TcpLedger ledger();

  /** Sessions of the measured parts. */
  default long completed() {
    return results().mapToLong(LoadResult::completed).sum();
  }

  default boolean isComplete() {
    return results().allMatch(LoadResult::isComplete);
  }

  default long violations() {
    return results().mapToLong(result -> result.failures().count(Failures.Kind.VIOLATION)).sum();
  }

  /** Of all parts, the warm-up included. */
  default long failures() {
    return results().mapToLong(result -> result.failures().total()).sum();
  }
}

package dev.socketlab.experiments.load;

import dev.socketlab.load.FailureKind;
import dev.socketlab.load.LoadResult;
import dev.socketlab.probe.TcpBooks;
import java.util.stream.Stream;

/** What the mechanisms ask of a trial, whatever its loads. */
interface Observed {

  /** Its loads, in their order. */
  Stream<LoadResult> results();

  /** The kernel's books, over all of them. */
  TcpBooks books();

  /** Sessions of the measured parts. */
  default long completed() {
    return results().mapToLong(LoadResult::completed).sum();
  }

  default boolean isComplete() {
    return results().allMatch(LoadResult::isComplete);
  }

  default long violations() {
    return results().mapToLong(result -> result.failures().count(FailureKind.VIOLATION)).sum();
  }

  /** Of all parts, the warm-up included. */
  default long failures() {
    return results().mapToLong(result -> result.failures().total()).sum();
  }
}

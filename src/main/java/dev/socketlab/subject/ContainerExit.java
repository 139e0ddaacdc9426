package dev.socketlab.subject;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the engine tells of a container's end. Where the connection to it breaks, it tells nothing
 * any more, and the container may be running.
 */
record ContainerExit(String label, CompletableFuture<Integer> code) {

  boolean hasEnded() {
    return code.isDone() && !code.isCompletedExceptionally();
  }

  /** Whether it ended within a time. */
  boolean await(Duration atMost) throws InterruptedException {
    try {
      code.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return hasEnded();
    } catch (ExecutionException failure) {
      throw unknown(failure);
    }
  }

  /** Its exit code, once it has ended. */
  int exitCode() {
    if (code.isCompletedExceptionally()) {
      throw unknown(code.exceptionNow());
    }
    return code.join();
  }

  private SubjectException unknown(Throwable failure) {
    return new SubjectException("the engine does not tell of the end of " + label, failure);
  }
}

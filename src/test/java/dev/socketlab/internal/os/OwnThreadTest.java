package dev.socketlab.internal.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OwnThreadTest {

  /** Calls the thread, and returns what it was interrupted with. */
  private static FutureTask<Boolean> caller(OwnThread thread, CountDownLatch until) {
    return new FutureTask<>(() -> {
      try {
        return thread.call(() -> until.await(10, TimeUnit.SECONDS));
      } catch (InterruptedException interruption) {
        return false;
      }
    });
  }

  @Test
  void aCallThatTakesTooLongEndsWithTheReasonGiven() throws Exception {
    try (OwnThread thread = new OwnThread("own")) {
      CountDownLatch never = new CountDownLatch(1);
      assertThatThrownBy(() ->
              thread.call(
                  () -> never.await(20, TimeUnit.SECONDS),
                  Duration.ofMillis(50),
                  () -> new IllegalStateException("too long")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("too long");
      assertThat(thread.isStuck()).as("the wait is interrupted").isFalse();
      assertThat(thread.<Boolean>call(() -> true)).isTrue();
    }
  }

  @Test
  void whatACallWaitsForMayBeEndedInItsStead() throws Exception {
    ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    try (OwnThread thread = new OwnThread("own")) {
      assertThatThrownBy(() ->
              thread.call(
                  silent::accept, // which no interrupt ends
                  Duration.ofMillis(50),
                  () -> {
                    try {
                      silent.close();
                    } catch (IOException failure) {
                      throw new UncheckedIOException(failure);
                    }
                    return new IllegalStateException("nobody came");
                  }))
          .hasMessage("nobody came");
      assertThat(thread.isStuck()).isFalse();
    }
  }

  private static Thread start(FutureTask<Boolean> task) {
    Thread thread = Thread.ofPlatform().daemon().start(task);
    Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return thread;
  }

  @Test
  void aCallThatIsCancelledBeforeItsTurnDoesNotMakeTheThreadStuck() throws Exception {
    try (OwnThread thread = new OwnThread("own")) {
      CountDownLatch end = new CountDownLatch(1);
      FutureTask<Boolean> first = caller(thread, end);
      start(first);
      FutureTask<Boolean> second = caller(thread, end);
      start(second).interrupt();
      assertThat(second.get()).isFalse();
      assertThat(thread.isStuck()).isFalse();
      end.countDown();
      assertThat(first.get()).isTrue();
      assertThat(thread.<Boolean>call(() -> true)).isTrue();
    }
  }

  @Test
  void aCallThatIsNotInterruptedByItsInterruptionMakesTheThreadStuck() throws Exception {
    try (OwnThread thread = new OwnThread("own")) {
      CountDownLatch end = new CountDownLatch(1);
      FutureTask<Boolean> deaf =
          new FutureTask<>(() -> {
            try {
              return thread.call(() ->
                  Awaitility.await()
                      .atMost(Duration.ofSeconds(10))
                      .until(() -> end.getCount() == 0, done -> done));
            } catch (InterruptedException interruption) {
              return false;
            }
          });
      start(deaf).interrupt();
      assertThat(deaf.get()).isFalse();
      assertThat(thread.isStuck()).isTrue();
      end.countDown();
    }
  }
}

package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A new virtual thread for each connection. Linux sees only their carriers ({@code
 * ForkJoinPool-1-…}) and the pollers of the JDK, which outlive the gateway.
 */
final class VirtualThreads implements ServingThreads {
  private static final long LOOK_NS = 100_000;

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("qsl-virtual-", 1).factory());

  /**
   * Make ready to serve.
   *
   * @throws IOException if the JDK cannot open what virtual threads wait with
   */
  static VirtualThreads start() throws IOException {
    openPollers();
    return new VirtualThreads();
  }

  /**
   * Let a virtual thread wait for input once. The JDK opens the descriptors of its pollers when the
   * first one has to wait; if none is to be had at that moment, it never tries again (JDK 25), and
   * every connection fails until the process ends.
   */
  private static void openPollers() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SinkChannel sink = pipe.sink();
        Pipe.SourceChannel source = pipe.source()) {
      FutureTask<Integer> read = new FutureTask<>(() -> source.read(ByteBuffer.allocate(1)));
      Thread reader = Thread.ofVirtual().start(read);
      while (reader.isAlive() && reader.getState() != Thread.State.WAITING) {
        LockSupport.parkNanos(LOOK_NS);
      }
      sink.write(ByteBuffer.allocate(1));
      read.get();
    } catch (ExecutionException e) {
      throw new IOException("virtual threads cannot wait for input: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void serve(Runnable connection) {
    threads.execute(connection);
  }

  @Override
  public void shutdown() {
    threads.shutdown();
  }

  @Override
  public boolean endWithin(Duration timeout) {
    try {
      return threads.awaitTermination(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.Transport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Stops a gateway and prints what it has counted, when the JVM is told to exit or before that. */
final class GatewayStop implements Runnable {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Transport transport;
  private final PrintStream out;
  private final Thread hook = new Thread(this, "qsl-stop");
  private final CountDownLatch never = new CountDownLatch(1);
  private boolean stopped;

  GatewayStop(Transport transport, PrintStream out) {
    this.transport = transport;
    this.out = out;
  }

  /** Stop when the JVM exits. */
  void atExit() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Wait for the signal that makes the JVM exit, that is, for ever. */
  void awaitSignal() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stop now. A signal that comes meanwhile waits for it. */
  void atOnce() {
    run();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // A signal has come, and the JVM runs the hook.
    }
  }

  @Override
  public synchronized void run() {
    if (!stopped) {
      stopped = true;
      transport.stop(GRACE);
      out.println("stopped " + transport.counters());
      out.flush();
    }
  }
}

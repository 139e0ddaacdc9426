package dev.socketlab.qsl.gateway;

import static org.awaitility.Awaitility.await;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Buffers of Netty that nobody has released: every buffer is tracked while this is open. Netty
 * reports a lost buffer, to its log, when it has been collected and another one is made.
 */
final class NettyLeaks extends Handler implements AutoCloseable {
  /** Also keeps the logger from being collected. */
  private static final Logger DETECTOR = Logger.getLogger(ResourceLeakDetector.class.getName());

  private static final String PROBE = "leak probe ";
  private static final AtomicLong PROBES = new AtomicLong();

  private final List<String> reports = new CopyOnWriteArrayList<>();
  private final ResourceLeakDetector.Level levelBefore;

  private NettyLeaks(ResourceLeakDetector.Level levelBefore) {
    this.levelBefore = levelBefore;
  }

  static NettyLeaks watch() {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    NettyLeaks leaks = new NettyLeaks(ResourceLeakDetector.getLevel());
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    DETECTOR.setUseParentHandlers(false);
    DETECTOR.addHandler(leaks);
    return leaks;
  }

  /**
   * What has been lost so far. To know that nothing is overlooked, this loses two buffers itself,
   * one after the other, and waits until each of them is reported.
   */
  List<String> found() {
    findProbe();
    findProbe();
    return reports.stream().filter(report -> !report.contains(PROBE)).toList();
  }

  private void findProbe() {
    String probe = PROBE + PROBES.incrementAndGet() + ";";
    lose(probe);
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          System.gc();
          NettyTransport.BUFFERS.directBuffer(1).release();
          return reports.stream().anyMatch(report -> report.contains(probe));
        });
  }

  /** Make a buffer and forget it. */
  static void lose(String hint) {
    var _ = NettyTransport.BUFFERS.directBuffer(1).touch(hint);
  }

  @Override
  public void publish(LogRecord report) {
    reports.add(report.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    DETECTOR.removeHandler(this);
    DETECTOR.setUseParentHandlers(true);
    ResourceLeakDetector.setLevel(levelBefore);
  }
}

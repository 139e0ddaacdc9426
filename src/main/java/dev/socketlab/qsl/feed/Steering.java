package dev.socketlab.qsl.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber is to do at this moment. A controlled one is told by lines on an input, which a
 * daemon thread reads; an uncontrolled one receives and ends when nothing comes any more.
 */
final class Steering implements Runnable, AutoCloseable {
  /** The phases of a subscriber. */
  enum Phase {
    /** Leave everything in the socket's buffer. */
    HELD,
    /** Receive until told otherwise; the line is {@code receive}. */
    RECEIVING,
    /** Receive until nothing comes any more; the line is {@code finish}. */
    FINISHING,
    /** Receive what the socket's buffer holds; the line is {@code stop}. */
    STOPPING,
    /** End at once: the input has ended. */
    ABANDONED
  }

  private volatile Phase phase;
  private volatile @Nullable String unexpectedLine;

  private final InputStream in;
  private final Selector selector;

  private Steering(Phase phase, InputStream in, Selector selector) {
    this.phase = phase;
    this.in = in;
    this.selector = selector;
  }

  /** Create the steering of a subscriber that ends when nothing comes any more. */
  static Steering uncontrolled(Selector selector) {
    return new Steering(Phase.FINISHING, InputStream.nullInputStream(), selector);
  }

  /** Start to read lines; each of them wakes up the selector. {@link #close} closes the input. */
  static Steering controlled(InputStream in, Selector selector) {
    Steering steering = new Steering(Phase.HELD, in, selector);
    Thread thread = new Thread(steering, "steering");
    thread.setDaemon(true);
    thread.start();
    return steering;
  }

  Phase phase() throws IOException {
    Phase current = phase;
    if (current == Phase.ABANDONED && unexpectedLine != null) {
      throw new IOException(
          "unexpected line on standard input: line="
              + unexpectedLine
              + ", allowed=receive, finish or stop");
    }
    return current;
  }

  /**
   * Close the input. A thread that stays blocked in a read makes the exit of a JVM 300 ms slower,
   * so the input should be one whose reads end when it is closed.
   */
  @Override
  public void close() throws IOException {
    in.close();
  }

  @Override
  public void run() {
    try {
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      while (phase != Phase.ABANDONED) {
        phase = phaseFor(lines.readLine());
        selector.wakeup();
      }
    } catch (IOException e) {
      phase = Phase.ABANDONED;
      selector.wakeup();
    }
  }

  private Phase phaseFor(@Nullable String line) {
    if (line == null) {
      return Phase.ABANDONED;
    }
    return switch (line) {
      case "receive" -> Phase.RECEIVING;
      case "finish" -> Phase.FINISHING;
      case "stop" -> Phase.STOPPING;
      default -> {
        unexpectedLine = line;
        yield Phase.ABANDONED;
      }
    };
  }
}

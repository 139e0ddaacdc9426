package dev.socketlab.qsl.feed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber is to do at this moment. A controlled one is told by lines on an input, which a
 * daemon thread reads; an uncontrolled one receives and ends when nothing comes any more.
 */
final class Steering {
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

  private Steering(Phase phase) {
    this.phase = phase;
  }

  static Steering uncontrolled() {
    return new Steering(Phase.FINISHING);
  }

  /** Start to read lines; {@code onChange} is called on the reading thread after each of them. */
  static Steering controlledBy(InputStream in, Runnable onChange) {
    Steering steering = new Steering(Phase.HELD);
    Thread thread = new Thread(() -> steering.follow(in, onChange), "steering");
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

  private void follow(InputStream in, Runnable onChange) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      while (phase != Phase.ABANDONED) {
        phase = phaseFor(lines.readLine());
        onChange.run();
      }
    } catch (IOException e) {
      phase = Phase.ABANDONED;
      onChange.run();
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

package dev.socketlab.experiments.stress;

import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.Subject;
import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The two sides of the feed, each a process of its own, and what they say about themselves. */
record FeedProcesses(Class<?> subscriberMain, Class<?> publisherMain) {

  private static final String[] QUICK_START = {
    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"
  };
  private static final Duration A_WHILE = Duration.ofSeconds(60);
  private static final Pattern PUBLISHED =
      Pattern.compile("^published=(\\d+) failed=(\\d+) .*last_sequence=(\\d+)");
  private static final Pattern RECEIVED =
      Pattern.compile(
          "^received=(\\d+) first_sequence=(\\d+) last_sequence=(\\d+) interior_gaps=(\\d+)"
              + " malformed=(\\d+)");

  /** What the publisher counted. */
  record Published(long datagrams, long lastSequence) {}

  /** What the subscriber counted. */
  record Received(long datagrams, long first, long last, long interiorGaps) {

    /** Sequence numbers before the first one read; without any, all loss is in the tail. */
    long headLoss() {
      return datagrams == 0 ? 0 : first - 1;
    }

    long tailLoss(long lastPublished) {
      return lastPublished - last;
    }
  }

  /** Starts a subscriber that is bound and does not read until it is told to. */
  Subject subscriber(Lab lab, int port, int requestedBytes) {
    return lab.java(subscriberMain, Integer.toString(port), Integer.toString(requestedBytes))
        .named("subscriber")
        .jvmFlags(QUICK_START)
        .readyWhen(
            "listening for market data on 127\\.0\\.0\\.1:(\\d+) \\(SO_RCVBUF=(\\d+) bytes\\)")
        .launch();
  }

  /** Starts a publisher, which sends its burst when it is told to, and ends. */
  Subject publisher(Lab lab, int port, long datagrams) {
    return lab.java(
            publisherMain,
            Integer.toString(port),
            lab.get(StressParameters.SEED).toString(),
            lab.get(StressParameters.ORDERS).toString(),
            Long.toString(datagrams))
        .named("publisher")
        .jvmFlags(QUICK_START)
        .readyWhen("ready to publish to 127\\.0\\.0\\.1:(\\d+)")
        .launch();
  }

  static long grantedBytes(Subject subscriber) {
    return Long.parseLong(subscriber.readyLine().group(2));
  }

  /** What the publisher reports, after its end; a send that failed makes the run invalid. */
  static Published published(Subject publisher) {
    publisher.awaitSuccess(A_WHILE);
    MatchResult line = publisher.awaitOutput(PUBLISHED, Duration.ofSeconds(1));
    if (Long.parseLong(line.group(2)) != 0) {
      throw new IllegalStateException(
          publisher.describe("could not send every datagram, so no count of loss is valid"));
    }
    return new Published(Long.parseLong(line.group(1)), Long.parseLong(line.group(3)));
  }

  /** What the subscriber reports, after its end. */
  static Received received(Subject subscriber) {
    subscriber.awaitSuccess(A_WHILE);
    MatchResult line = subscriber.awaitOutput(RECEIVED, Duration.ofSeconds(1));
    if (Long.parseLong(line.group(5)) != 0) {
      throw new IllegalStateException(
          subscriber.describe("read datagrams that the publisher cannot have sent"));
    }
    return new Received(
        Long.parseLong(line.group(1)),
        Long.parseLong(line.group(2)),
        Long.parseLong(line.group(3)),
        Long.parseLong(line.group(4)));
  }
}

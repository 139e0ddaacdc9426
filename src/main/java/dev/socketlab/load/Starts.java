package dev.socketlab.load;

/** What one driver thread is to start in one part of a load, and when. */
abstract sealed class Starts {
  /** So long is the wait when nothing but an answer can make the next start due. */
  static final long UNTIL_ANSWERED = Long.MAX_VALUE;

  // A start can fail at once: so many, and the loop looks at its deadline again.
  private static final int MOST_AT_ONCE = 8192;

  /** Starts one operation; one that fails does not throw. */
  @FunctionalInterface
  interface Operation {
    void start(long number, long intendedNs);
  }

  final Operation operation;
  private final Share share;
  private final long firstNumber;
  private final long count;
  private long started;

  private Starts(Operation operation, Share share, long firstNumber, long total) {
    this.operation = operation;
    this.share = share;
    this.firstNumber = firstNumber;
    this.count = share.of(total);
  }

  /** Start as many of {@code total} as {@code clients} allow, both of all threads together. */
  static Starts closed(
      Share share, long clients, long firstNumber, long total, Operation operation) {
    return new Closed(operation, share, firstNumber, total, share.of(clients));
  }

  /** Start on each idle connection of this thread. */
  static Starts once(long idle, Operation operation) {
    return new Closed(operation, new Share(0, 1), 0, idle, idle);
  }

  /** Start each when it is due, if no more than so many are outstanding on this thread. */
  static Starts paced(
      Share share, Pace pace, long outstanding, long firstNumber, long total, Operation operation) {
    return new Paced(operation, share, firstNumber, total, pace, outstanding);
  }

  /** When this part of the load begins. */
  abstract long beginNs();

  /** Start what is due. Return how many nanoseconds it is until more is. */
  abstract long startDue(DriverLoop loop);

  final long remaining() {
    return count - started;
  }

  /** The index, of all threads together, of the next start. */
  final long nextIndex() {
    return share.index() + started * share.threads();
  }

  final long takeNumber() {
    long number = firstNumber + nextIndex();
    started++;
    return number;
  }

  private static final class Closed extends Starts {
    private final long clients;

    private Closed(Operation operation, Share share, long firstNumber, long total, long clients) {
      super(operation, share, firstNumber, total);
      this.clients = clients;
    }

    @Override
    long beginNs() {
      return System.nanoTime();
    }

    @Override
    long startDue(DriverLoop loop) {
      for (int i = 0; remaining() > 0 && loop.inFlight() < clients; i++) {
        if (i == MOST_AT_ONCE) {
          return 0;
        }
        operation.start(takeNumber(), System.nanoTime());
      }
      return UNTIL_ANSWERED;
    }
  }

  private static final class Paced extends Starts {
    private final Pace pace;
    private final long outstanding;

    private Paced(
        Operation operation,
        Share share,
        long firstNumber,
        long total,
        Pace pace,
        long outstanding) {
      super(operation, share, firstNumber, total);
      this.pace = pace;
      this.outstanding = outstanding;
    }

    @Override
    long beginNs() {
      return pace.originNs();
    }

    @Override
    long startDue(DriverLoop loop) {
      long untilNs = UNTIL_ANSWERED;
      for (int i = 0; remaining() > 0; i++) {
        long intendedNs = pace.intendedNs(nextIndex());
        untilNs = intendedNs - System.nanoTime();
        if (untilNs > 0 || i == MOST_AT_ONCE) {
          return Math.max(untilNs, 0);
        }
        start(loop, intendedNs, -untilNs);
      }
      return UNTIL_ANSWERED;
    }

    private void start(DriverLoop loop, long intendedNs, long lagNs) {
      long number = takeNumber();
      if (loop.inFlight() >= outstanding) {
        loop.failed(
            Failures.Kind.NOT_STARTED,
            1,
            "start=" + number + ": not started, outstanding=" + loop.inFlight());
        return;
      }
      loop.lag(lagNs);
      operation.start(number, intendedNs);
    }
  }
}

package dev.socketlab.load;

import dev.socketlab.internal.os.TimeOut;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How much load, and how. A factory gives each shape with defaults that fit it; the methods that
 * take one value return a plan with that value changed:
 *
 * {@snippet :
 * LoadPlan plan = LoadPlan.closedLoop(server.address(), 16, 20_000).warmUp(2_000).threads(2);
 * }
 *
 * @param address the server
 * @param shape what starts when
 * @param closing how a session ends
 * @param timeLimit how long one session, connecting, or one round trip on a persistent connection
 *     may take before it counts as failed
 * @param deadline how long everything may take; what is not done by then counts as failed
 * @param threads how many driver threads share the load; with 1 it is the calling thread
 * @param bufferBytes the longest request, and the longest incomplete reply, in bytes
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record LoadPlan(
    InetSocketAddress address,
    Shape shape,
    Closing closing,
    Duration timeLimit,
    Duration deadline,
    int threads,
    int bufferBytes) {
  private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);
  private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);
  private static final int DEFAULT_BUFFER_BYTES = 8192;
  private static final int MOST_THREADS = 64;

  /**
   * Check the values.
   *
   * @throws IllegalArgumentException if one is out of range, or two do not fit
   */
  public LoadPlan {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "the name of the server has no address: address=" + address + "; is it spelt right?");
    }
    Range.check("timeLimitMs", timeLimit.toMillis(), 1, Integer.MAX_VALUE);
    Range.check("deadlineMs", deadline.toMillis(), 1, Integer.MAX_VALUE);
    Range.check("threads", threads, 1, MOST_THREADS);
    Range.check("bufferBytes", bufferBytes, 1, Integer.MAX_VALUE);
    if (isPersistent(shape) && closing == Closing.HALF_CLOSE_AFTER_REQUEST) {
      throw new IllegalArgumentException(
          "a persistent connection has no last request to close after: closing=" + closing);
    }
  }

  /**
   * Plan a burst: clients that connect at once, one session each.
   *
   * @param address the server
   * @param clients how many
   * @return a plan
   */
  public static LoadPlan burst(InetSocketAddress address, int clients) {
    return of(address, new Shape.Burst(clients), Closing.HALF_CLOSE_AFTER_REQUEST);
  }

  /**
   * Plan sessions one after the other. The next one starts when the server has closed the one
   * before.
   *
   * @param address the server
   * @param sessions how many
   * @return a plan
   */
  public static LoadPlan sequential(InetSocketAddress address, long sessions) {
    return of(address, new Shape.ClosedLoop(1, sessions, 0), Closing.HALF_CLOSE_AFTER_REPLIES);
  }

  /**
   * Plan clients in a loop of sessions.
   *
   * @param address the server
   * @param clients how many at a time
   * @param sessions how many in all
   * @return a plan
   */
  public static LoadPlan closedLoop(InetSocketAddress address, int clients, long sessions) {
    return of(
        address, new Shape.ClosedLoop(clients, sessions, 0), Closing.HALF_CLOSE_AFTER_REQUEST);
  }

  /**
   * Plan connections that stay open for many round trips.
   *
   * @param address the server
   * @param connections how many, all at the same time
   * @param roundTrips how many on each of them
   * @return a plan
   */
  public static LoadPlan persistent(InetSocketAddress address, int connections, long roundTrips) {
    return of(
        address,
        new Shape.Persistent(connections, roundTrips, 0),
        Closing.HALF_CLOSE_AFTER_REPLIES);
  }

  /**
   * Plan sessions that start at a fixed rate.
   *
   * @param address the server
   * @param perSecond starts per second
   * @param sessions how many in all
   * @param outstanding how many may be open at a time; a start above it is a failure
   * @return a plan
   */
  public static LoadPlan openLoop(
      InetSocketAddress address, double perSecond, long sessions, int outstanding) {
    return of(
        address,
        new Shape.OpenLoop(perSecond, sessions, 0, outstanding, false),
        Closing.HALF_CLOSE_AFTER_REQUEST);
  }

  /**
   * Plan round trips that start at a fixed rate, on connections that stay open. Each takes the
   * connection that has been idle longest; if none is idle, the start is a failure.
   *
   * @param address the server
   * @param perSecond starts per second
   * @param roundTrips how many in all
   * @param connections how many
   * @return a plan
   */
  public static LoadPlan openLoopPersistent(
      InetSocketAddress address, double perSecond, long roundTrips, int connections) {
    return of(
        address,
        new Shape.OpenLoop(perSecond, roundTrips, 0, connections, true),
        Closing.HALF_CLOSE_AFTER_REPLIES);
  }

  private static LoadPlan of(InetSocketAddress address, Shape shape, Closing closing) {
    return new LoadPlan(
        address,
        shape,
        closing,
        TimeOut.scaled(DEFAULT_TIME_LIMIT),
        TimeOut.scaled(DEFAULT_DEADLINE),
        1,
        DEFAULT_BUFFER_BYTES);
  }

  /**
   * Return this plan with operations that come first and are not counted.
   *
   * @param operations sessions or starts in all; on persistent connections in a closed loop, round
   *     trips on each
   * @return a plan
   * @throws IllegalArgumentException if the shape is a burst, which is one wave only
   */
  public LoadPlan warmUp(long operations) {
    Shape warmed =
        switch (shape) {
          case Shape.Burst _ ->
              throw new IllegalArgumentException(
                  "a burst has no warm-up; run a closed loop before it: warmUp=" + operations);
          case Shape.ClosedLoop(int clients, long sessions, long _) ->
              new Shape.ClosedLoop(clients, sessions, operations);
          case Shape.Persistent(int connections, long roundTrips, long _) ->
              new Shape.Persistent(connections, roundTrips, operations);
          case Shape.OpenLoop o ->
              new Shape.OpenLoop(
                  o.perSecond(), o.starts(), operations, o.outstanding(), o.persistent());
        };
    return new LoadPlan(address, warmed, closing, timeLimit, deadline, threads, bufferBytes);
  }

  /**
   * Return this plan with another end of each session.
   *
   * @param newClosing how a session ends
   * @return a plan
   */
  public LoadPlan closing(Closing newClosing) {
    return new LoadPlan(address, shape, newClosing, timeLimit, deadline, threads, bufferBytes);
  }

  /**
   * Return this plan with another bound on the time of each operation.
   *
   * @param newTimeLimit at least 1 ms
   * @return a plan
   */
  public LoadPlan timeLimit(Duration newTimeLimit) {
    return new LoadPlan(address, shape, closing, newTimeLimit, deadline, threads, bufferBytes);
  }

  /**
   * Return this plan with another bound on the time of the whole load.
   *
   * @param newDeadline at least 1 ms
   * @return a plan
   */
  public LoadPlan deadline(Duration newDeadline) {
    return new LoadPlan(address, shape, closing, timeLimit, newDeadline, threads, bufferBytes);
  }

  /**
   * Return this plan with another number of driver threads. Clients, sessions and connections are
   * split evenly between them.
   *
   * @param newThreads 1 to 64
   * @return a plan
   */
  public LoadPlan threads(int newThreads) {
    return new LoadPlan(address, shape, closing, timeLimit, deadline, newThreads, bufferBytes);
  }

  /**
   * Return this plan with another size of the buffers.
   *
   * @param newBufferBytes at least 1
   * @return a plan
   */
  public LoadPlan bufferBytes(int newBufferBytes) {
    return new LoadPlan(address, shape, closing, timeLimit, deadline, threads, newBufferBytes);
  }

  private static boolean isPersistent(Shape shape) {
    return switch (shape) {
      case Shape.Burst _, Shape.ClosedLoop _ -> false;
      case Shape.Persistent _ -> true;
      case Shape.OpenLoop o -> o.persistent();
    };
  }

  /**
   * How a session ends. In each case the client sends its FIN first and gets the TIME_WAIT.
   *
   * {@snippet :
   * LoadPlan plan = LoadPlan.closedLoop(server.address(), 16, 20_000).closing(LoadPlan.Closing.CLOSE);
   * }
   */
  public enum Closing {
    /** Close as soon as the last reply is there. The session is over before the server knows. */
    CLOSE,
    /**
     * End the output when the last reply is there, then read to the end. The session is over when
     * the server has closed, so that the next one cannot overlap with this one's end.
     */
    HALF_CLOSE_AFTER_REPLIES,
    /** End the output right after the last request, then read the replies and to the end. */
    HALF_CLOSE_AFTER_REQUEST
  }

  /**
   * When a load starts what. In a closed loop a client starts again when it has been answered, so
   * that a server that stalls is asked less; in an open loop the clock starts, whatever the server
   * does. What starts is an <em>operation</em>: a whole session, or a round trip on a connection
   * that stays open. Made by the factories of {@link LoadPlan}.
   */
  public sealed interface Shape {

    /** {@return how many operations are measured} */
    long operations();

    /** {@return how many sessions or connections there are at a time, at most} */
    int concurrency();

    /**
     * All clients connect at once, one session each. Every connect is issued before the first
     * request is sent.
     *
     * @param clients how many, from 1
     */
    record Burst(int clients) implements Shape {
      @SuppressWarnings("doclint:missing")
      public Burst {
        Range.check("clients", clients, 1, Integer.MAX_VALUE);
      }

      @Override
      public long operations() {
        return clients;
      }

      @Override
      public int concurrency() {
        return clients;
      }
    }

    /**
     * Clients in a loop: each session that ends is followed by the next.
     *
     * @param clients how many sessions at a time, from 1
     * @param sessions how many are measured, of all clients together, from 1
     * @param warmUp how many come before these, from 0
     */
    record ClosedLoop(int clients, long sessions, long warmUp) implements Shape {
      @SuppressWarnings("doclint:missing")
      public ClosedLoop {
        Range.check("clients", clients, 1, Integer.MAX_VALUE);
        Range.check("sessions", sessions, 1, Long.MAX_VALUE);
        Range.check("warmUp", warmUp, 0, Long.MAX_VALUE);
      }

      @Override
      public long operations() {
        return sessions;
      }

      @Override
      public int concurrency() {
        return clients;
      }
    }

    /**
     * A closed loop on connections that stay open: all are established first, then each makes its
     * round trips, one after the other.
     *
     * @param connections how many, from 1
     * @param roundTrips how many are measured, on each connection, from 1
     * @param warmUp how many come before these, on each connection, from 0
     */
    record Persistent(int connections, long roundTrips, long warmUp) implements Shape {
      @SuppressWarnings("doclint:missing")
      public Persistent {
        Range.check("connections", connections, 1, Integer.MAX_VALUE);
        Range.check("roundTrips", roundTrips, 1, Long.MAX_VALUE / connections);
        Range.check("warmUp", warmUp, 0, Long.MAX_VALUE);
      }

      @Override
      public long operations() {
        return connections * roundTrips;
      }

      @Override
      public int concurrency() {
        return connections;
      }
    }

    /**
     * Operations start at a fixed rate. One that cannot start because too many are outstanding is a
     * failure.
     *
     * @param perSecond starts per second, above 0, at most a million
     * @param starts how many operations are measured, from 1
     * @param warmUp how many come before these, at the same rate, from 0
     * @param outstanding how many may be unanswered at a time, from 1
     * @param persistent whether an operation is a round trip on one of {@code outstanding}
     *     connections, rather than a session of its own
     */
    record OpenLoop(double perSecond, long starts, long warmUp, int outstanding, boolean persistent)
        implements Shape {
      @SuppressWarnings("doclint:missing")
      public OpenLoop {
        if (!(perSecond > 0 && perSecond <= 1e6)) {
          throw new IllegalArgumentException(
              "out of range: perSecond=" + perSecond + ", allowed=above 0, at most 1000000");
        }
        Range.check("starts", starts, 1, Long.MAX_VALUE);
        Range.check("warmUp", warmUp, 0, Long.MAX_VALUE);
        Range.check("outstanding", outstanding, 1, Integer.MAX_VALUE);
      }

      @Override
      public long operations() {
        return starts;
      }

      @Override
      public int concurrency() {
        return outstanding;
      }
    }
  }

  /** The check of a number in a plan. */
  private static final class Range {

    private Range() {}

    static void check(String name, long value, long least, long most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "out of range: " + name + "=" + value + ", allowed=" + least + " to " + most);
      }
    }
  }
}

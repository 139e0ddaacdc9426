package dev.socketlab.load;

/**
 * When a load starts what. In a closed loop a client starts again when it has been answered, so
 * that a server that stalls is asked less; in an open loop the clock starts, whatever the server
 * does. What starts is an <em>operation</em>: a whole session, or a round trip on a connection that
 * stays open. Made by the factories of {@link LoadPlan}.
 *
 * {@snippet :
 * Shape shape = LoadPlan.closedLoop(server.address(), 16, 20_000).shape();
 * assertThat(shape.concurrency()).isEqualTo(16);
 * }
 */
public sealed interface Shape {

  /** {@return how many operations are measured} */
  long operations();

  /** {@return how many sessions or connections there are at a time, at most} */
  int concurrency();

  /**
   * All clients connect at once, one session each. Every connect is issued before the first request
   * is sent.
   *
   * @param clients how many, from 1
   */
  record Burst(int clients) implements Shape {
    /** Check the values. */
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
    /** Check the values. */
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
    /** Check the values. */
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
    /** Check the values. */
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

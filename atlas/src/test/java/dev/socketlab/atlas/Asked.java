package dev.socketlab.atlas;

import dev.socketlab.probe.ThreadActivity;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.util.Locale;

/**
 * The ways in which servers are asked. The client closes its connections, and each of its steps
 * comes when the server is at rest.
 */
enum Asked {
  /** Each request after the reply to the one before. */
  ON_ONE_CONNECTION(40) {
    @Override
    void ask(Server kind, Subject server, long operations) throws IOException {
      try (Client client = new Client(kind, server)) {
        for (long i = 0; i < operations; i++) {
          client.ask(1);
          awaitRest(server);
        }
      }
    }
  },

  /** Each request on a connection that does nothing else. */
  ON_A_CONNECTION_EACH(40) {
    @Override
    void ask(Server kind, Subject server, long operations) throws IOException {
      for (long i = 0; i < operations; i++) {
        try (Client client = new Client(kind, server)) {
          awaitRest(server);
          client.ask(1);
          awaitRest(server);
        }
        awaitRest(server);
      }
    }
  },

  /** An operation is a connection, sixteen requests on it in one segment, and their replies. */
  SIXTEEN_AT_ONCE(20) {
    @Override
    void ask(Server kind, Subject server, long operations) throws IOException {
      for (long i = 0; i < operations; i++) {
        try (Client client = new Client(kind, server)) {
          awaitRest(server);
          client.ask(16);
          awaitRest(server);
        }
        awaitRest(server);
      }
    }
  };

  private static final int MOST_LOOKS = 20_000;

  private final int operations;

  /** Twice as many requests are fewer than the hundred after which Tomcat closes a connection. */
  Asked(int operations) {
    this.operations = operations;
  }

  int operations() {
    return operations;
  }

  abstract void ask(Server kind, Subject server, long operations) throws IOException;

  /**
   * Until it has gone to sleep: else it is a matter of speed whether the next request comes before
   * it waits, and which calls that saves.
   */
  private static void awaitRest(Subject server) throws IOException {
    ThreadActivity before = ThreadActivity.read(server.pid());
    for (int look = 0; look < MOST_LOOKS; look++) {
      ThreadActivity now = ThreadActivity.read(server.pid());
      if (now.allAsleep() && now.equals(before)) {
        return;
      }
      before = now;
    }
    throw new IOException(server.describe("did not come to rest after a reply"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

package dev.socketlab.atlas;

import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.util.Locale;

/** The ways in which servers are asked; the client closes its connections. */
enum Asked {
  /** Each request after the reply to the one before. */
  ON_ONE_CONNECTION(40) {
    @Override
    void ask(Server kind, Subject server, long operations) throws IOException {
      try (Client client = new Client(kind, server)) {
        for (long i = 0; i < operations; i++) {
          client.ask(1);
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
          client.ask(1);
        }
      }
    }
  },

  /** An operation is a connection, sixteen requests on it in one segment, and their replies. */
  SIXTEEN_AT_ONCE(20) {
    @Override
    void ask(Server kind, Subject server, long operations) throws IOException {
      for (long i = 0; i < operations; i++) {
        try (Client client = new Client(kind, server)) {
          client.ask(16);
        }
      }
    }
  };

  private final int operations;

  /** Twice as many requests are fewer than the hundred after which Tomcat closes a connection. */
  Asked(int operations) {
    this.operations = operations;
  }

  int operations() {
    return operations;
  }

  abstract void ask(Server kind, Subject server, long operations) throws IOException;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}

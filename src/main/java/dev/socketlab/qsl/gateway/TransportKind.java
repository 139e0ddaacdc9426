package dev.socketlab.qsl.gateway;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How connections are served. All kinds run the same session and obey the same contract. */
public enum TransportKind {
  /** One platform thread for each connection, blocking calls. */
  THREADED("threaded"),
  /** One virtual thread for each connection, blocking calls. */
  VIRTUAL("virtual"),
  /** One thread for all connections, a selector. */
  NIO("nio");

  private static final TransportKind[] KINDS = values();

  private final String label;

  TransportKind(String label) {
    this.label = label;
  }

  /**
   * Return the name that command lines and results use.
   *
   * @return lower case
   */
  public String label() {
    return label;
  }

  @Override
  public String toString() {
    return label;
  }

  /**
   * Find the kind of a name.
   *
   * @param label any text
   * @return the kind, or null for an unknown name
   */
  public static @Nullable TransportKind fromLabel(String label) {
    for (TransportKind kind : KINDS) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    return null;
  }

  /**
   * Return all names.
   *
   * @return names, separated by a comma and a blank
   */
  public static String labels() {
    StringBuilder labels = new StringBuilder();
    for (TransportKind kind : KINDS) {
      labels.append(labels.isEmpty() ? "" : ", ").append(kind.label);
    }
    return labels.toString();
  }

  /**
   * Start a gateway with empty books. It listens when this returns.
   *
   * @param options how to listen
   * @return the running gateway
   * @throws IOException if the port cannot be bound; the message says why
   */
  public Transport start(GatewayOptions options) throws IOException {
    return switch (this) {
      case THREADED -> BlockingTransport.start(options, new Exchange(), new PlatformThreads());
      case VIRTUAL -> BlockingTransport.start(options, new Exchange(), new VirtualThreads());
      case NIO -> NioTransport.start(options, new Exchange());
    };
  }
}

package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How connections are served. All kinds run the same session and obey the same contract. */
public enum TransportKind {
  /** One platform thread for each connection, blocking calls. */
  THREADED("threaded"),
  /** One virtual thread for each connection, blocking calls. */
  VIRTUAL("virtual"),
  /** One thread for all connections, a selector. */
  NIO("nio"),
  /** One thread for all connections, Netty on epoll. */
  EPOLL("epoll"),
  /** One thread for all connections, Netty on io_uring. */
  IO_URING("io_uring");

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
   * Return why this kind cannot run here, for instance because the kernel denies it or because
   * Netty, an optional dependency, is not on the class path.
   *
   * @return the reason, or empty if it can run
   */
  public Optional<String> unavailability() {
    return switch (this) {
      case THREADED, VIRTUAL, NIO -> Optional.empty();
      case EPOLL -> NettyAvailability.whyNoEpoll();
      case IO_URING -> NettyAvailability.whyNoIoUring();
    };
  }

  /**
   * Start a gateway with empty books. It listens when this returns.
   *
   * @param options how to listen
   * @return the running gateway
   * @throws IOException if the port cannot be bound or the kind cannot run here; the message says
   *     why
   */
  public Transport start(GatewayOptions options) throws IOException {
    Optional<String> obstacle = unavailability();
    if (obstacle.isPresent()) {
      throw new IOException("cannot start: transport=" + label + ", reason=" + obstacle.get());
    }
    return switch (this) {
      case THREADED -> BlockingTransport.start(options, new Exchange(), new PlatformThreads());
      case VIRTUAL -> BlockingTransport.start(options, new Exchange(), VirtualThreads.start());
      case NIO -> NioTransport.start(options, new Exchange());
      case EPOLL -> NettyTransport.start(new EpollLoop(), options, new Exchange());
      case IO_URING ->
          NettyTransport.start(new IoUringLoop(NettyTransport.BUFFERS), options, new Exchange());
    };
  }
}

package dev.socketlab.qsl.app;

import dev.socketlab.qsl.gateway.GatewayOptions;
import dev.socketlab.qsl.gateway.Transport;
import dev.socketlab.qsl.gateway.TransportKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;

/** A gateway that says where it listens, and stops gracefully when it is told to. */
final class GatewayService {
  private final GatewayStop stop;

  private GatewayService(GatewayStop stop) {
    this.stop = stop;
  }

  static GatewayService start(TransportKind kind, GatewayOptions options, PrintStream out)
      throws IOException {
    Transport transport = kind.start(options);
    GatewayStop stop = new GatewayStop(transport, out);
    stop.atExit();
    String host = options.allAddresses() ? "0.0.0.0:" : "127.0.0.1:";
    out.println("listening on " + host + transport.port() + " transport=" + kind.label());
    out.flush();
    return new GatewayService(stop);
  }

  /** Serve until SIGTERM or SIGINT. */
  void untilSignal() {
    stop.awaitSignal();
    stop.atOnce();
  }

  /** Serve until the input ends, or a signal comes. */
  void untilEnd(InputStream in) throws IOException {
    byte[] ignored = new byte[64];
    while (in.read(ignored) >= 0) {
      // Whatever comes means nothing.
    }
    stop.atOnce();
  }
}

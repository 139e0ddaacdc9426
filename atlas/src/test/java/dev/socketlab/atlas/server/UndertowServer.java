package dev.socketlab.atlas.server;

import io.undertow.Undertow;

/** Undertow with one handler, on its I/O threads. */
public final class UndertowServer {

  private UndertowServer() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) {
    Undertow.builder()
        .addHttpListener(Integer.parseInt(arguments[0]), "127.0.0.1")
        .setHandler(exchange -> exchange.getResponseSender().send("hello\n"))
        .build()
        .start();
  }
}

package dev.socketlab.atlas.server;

import io.helidon.webserver.WebServer;

/** Helidon with one route: a virtual thread for each connection. */
public final class HelidonServer {

  private HelidonServer() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) {
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(arguments[0]))
        .routing(routing -> routing.get("/", (_, response) -> response.send("hello\n")))
        .build()
        .start();
  }
}

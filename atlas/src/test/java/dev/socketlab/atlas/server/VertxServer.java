package dev.socketlab.atlas.server;

import io.vertx.core.Vertx;

/** Vert.x with one request handler. */
public final class VertxServer {

  private VertxServer() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().end("hello\n"))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }
}

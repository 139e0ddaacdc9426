package dev.socketlab.atlas.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;

/** Vert.x with one request handler. */
public final class VertxServer {

  private VertxServer() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws IOException {
    Vertx.vertx()
        .createHttpServer()
        .requestHandler(request -> request.response().end("hello\n"))
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
    try (InputStream version =
        Vertx.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt")) {
      System.out.println("version " + new String(version.readAllBytes(), UTF_8));
    }
  }
}

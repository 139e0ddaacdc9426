package dev.socketlab.atlas.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The JDK's HttpServer as it comes: its one thread does all. */
public final class JdkHttpServer {

  private JdkHttpServer() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
            0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, 6);
          exchange.getResponseBody().write("hello\n".getBytes(US_ASCII));
          exchange.close();
        });
    server.start();
  }
}

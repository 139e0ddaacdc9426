package dev.socketlab.atlas.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty with one handler. */
public final class Jetty {

  private Jetty() {}

  /** Serves on the port that it is given. */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(arguments[0]));
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            response.getHeaders().put("Content-Length", 6);
            response.write(true, ByteBuffer.wrap("hello\n".getBytes(US_ASCII)), callback);
            return true;
          }
        });
    server.start();
    System.out.println("version " + org.eclipse.jetty.util.Jetty.VERSION);
  }
}

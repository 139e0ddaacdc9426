package dev.socketlab.atlas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.socketlab.subject.Subject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;

/** The two loads: requests of the fewest bytes, each after the reply to the one before. */
final class Http {

  private static final byte[] GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] LAST_GET =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(US_ASCII);

  private Http() {}

  /** All requests on one open connection, or on the next where the server closes it. */
  static void onOneConnection(Subject server, long requests) throws IOException {
    for (long left = requests; left > 0; ) {
      try (Socket socket = connect(server)) {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        boolean open = true;
        for (; open && left > 0; left--) {
          socket.getOutputStream().write(GET);
          open = readReply(in);
        }
      }
    }
  }

  /** Each request on a connection of its own, which the server is asked to close. */
  static void onAConnectionEach(Subject server, long requests) throws IOException {
    for (long i = 0; i < requests; i++) {
      try (Socket socket = connect(server)) {
        socket.getOutputStream().write(LAST_GET);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        readReply(in);
        if (in.read() >= 0) {
          throw new IOException("more than one reply to one request");
        }
      }
    }
  }

  private static Socket connect(Subject server) throws IOException {
    Socket socket = new Socket(server.address().getAddress(), server.port());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Whether the connection stays open. */
  private static boolean readReply(InputStream in) throws IOException {
    String status = readLine(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("not the reply that was asked for: " + status);
    }
    int length = -1;
    boolean chunked = false;
    boolean open = true;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String header = line.toLowerCase(Locale.ROOT).replace(" ", "");
      if (header.startsWith("content-length:")) {
        length = Integer.parseInt(header.substring("content-length:".length()));
      }
      open &= !header.equals("connection:close");
      chunked |= header.equals("transfer-encoding:chunked");
    }
    String body = chunked ? readChunks(in) : new String(in.readNBytes(length), US_ASCII);
    if (!body.equals("hello\n")) {
      throw new IOException("not the body that was asked for: " + body);
    }
    return open;
  }

  private static String readChunks(InputStream in) throws IOException {
    StringBuilder body = new StringBuilder();
    int length;
    do {
      length = Integer.parseInt(readLine(in), 16);
      body.append(new String(in.readNBytes(length), US_ASCII));
      readLine(in);
    } while (length > 0);
    return body.toString();
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    for (; c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    if (c < 0) {
      throw new IOException("the server closed the connection in the middle of a reply");
    }
    return line.toString();
  }
}

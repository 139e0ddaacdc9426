package dev.socketlab.script;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Servers, and a client, as reports of users describe them: with the fault, and repaired. */
final class CaseServer {
  static final int REPLY_BYTES = 8 << 20;

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private CaseServer() {}

  /** Called by the JVM: what to be, and a port or a path. */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "upload-client" -> upload(Integer.parseInt(arguments[1]), arguments[2]);
      case "unix-closes", "unix-spins" -> unix(arguments[1], arguments[0].endsWith("spins"));
      default -> accept(Integer.parseInt(arguments[1]), arguments[0]);
    }
  }

  private static void accept(int port, String mode) throws IOException {
    try (ServerSocket listener = new ServerSocket(port, 100, LOOPBACK)) {
      while (listener.isBound()) {
        Socket socket = listener.accept();
        Thread.ofPlatform()
            .start(() -> {
              try {
                serve(socket, mode);
              } catch (IOException failure) {
                System.out.println("connection ended: " + failure.getMessage());
              }
            });
      }
    }
  }

  private static void serve(Socket socket, String mode) throws IOException {
    InputStream in = socket.getInputStream();
    switch (mode) {
      case "never-closes" -> System.out.println("end " + in.readAllBytes().length);
      case "closes" -> {
        in.readAllBytes();
        socket.close();
      }
      case "rejects", "rejects-and-drains" -> {
        in.readNBytes(8_192);
        socket.getOutputStream().write("413".getBytes(StandardCharsets.US_ASCII));
        if (mode.endsWith("drains")) {
          socket.shutdownOutput();
          in.readAllBytes();
        }
        socket.close();
      }
      case "answers-after-the-end", "is-gone-at-the-end" -> {
        int bytes = in.readAllBytes().length;
        if (mode.startsWith("answers")) {
          socket.getOutputStream().write(bytes);
        }
        socket.close();
      }
      default -> { // linger time
        in.read();
        if (mode.equals("lingers-0")) {
          socket.setSoLinger(true, 0);
        }
        socket.getOutputStream().write(new byte[REPLY_BYTES]);
        socket.close();
      }
    }
  }

  /** Sends a mebibyte; one that reads takes the reply also where the connection was reset. */
  private static void upload(int port, String mode) throws IOException {
    try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(LOOPBACK, port))) {
      ByteBuffer reply = ByteBuffer.allocate(3);
      try {
        ByteBuffer upload = ByteBuffer.allocate(16 << 20);
        upload.put("PUT /\r\n\r\n".getBytes(StandardCharsets.US_ASCII)).clear();
        while (upload.hasRemaining()) {
          channel.write(upload);
        }
        channel.read(reply);
      } catch (IOException failure) {
        if (mode.equals("reads")) {
          channel.read(reply);
        }
      }
      System.out.println(
          "reply \""
              + new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII)
              + '"');
    }
  }

  /** One thread and a selector; the fault is to keep a connection at whose end it is. */
  private static void unix(String path, boolean spins) throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      listener.bind(UnixDomainSocketAddress.of(path));
      listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      int[] come = {0};
      System.out.println("ready");
      while (listener.isOpen()) {
        selector.select(key -> {
          try {
            if (key.isAcceptable()) {
              listener.accept().configureBlocking(false).register(selector, SelectionKey.OP_READ);
              System.out.println(++come[0] + " have come");
            } else if (((SocketChannel) key.channel()).read(ByteBuffer.allocate(100)) < 0
                && !spins) {
              key.channel().close();
            }
          } catch (IOException failure) {
            System.out.println("connection ended: " + failure.getMessage());
          }
        });
      }
    }
  }
}

package dev.socketlab.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does one thing with every connection, each on a thread of its own. */
final class SmallServer implements AutoCloseable {
  /** What it does. */
  @FunctionalInterface
  interface Service {
    void serve(Socket socket, InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final Service service;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CopyOnWriteArrayList<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger mostOpen = new AtomicInteger();

  private SmallServer(ServerSocket listener, Service service) {
    this.listener = listener;
    this.service = service;
  }

  static SmallServer start(Service service) throws IOException {
    ServerSocket listener = new ServerSocket(0, 4096, InetAddress.ofLiteral("127.0.0.1"));
    SmallServer server = new SmallServer(listener, service);
    server.threads.execute(server::accept);
    return server;
  }

  /** Send back what comes, until the peer ends its side. */
  static void echo(Socket socket, InputStream in, OutputStream out) throws IOException {
    in.transferTo(out);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  int open() {
    return open.size();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        open.add(socket);
        mostOpen.accumulateAndGet(open.size(), Math::max);
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      try {
        service.serve(socket, socket.getInputStream(), socket.getOutputStream());
      } finally {
        open.remove(socket); // before the close: whoever sees that may connect again at once
      }
    } catch (IOException e) {
      // The client's business.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.close();
  }
}

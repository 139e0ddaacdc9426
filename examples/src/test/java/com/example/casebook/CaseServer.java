package com.example.casebook;

import com.example.casebook.CaseBook.Build;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server with the faults of the case book. Its arguments are the case, the build, a port (of a
 * unix socket, the path) and a number. It says when a connection has come, and when it is done with
 * one. Its threads are called "case…".
 */
final class CaseServer {
  private final String name;
  private final boolean faulty;
  private final int number;
  private final AtomicInteger done = new AtomicInteger();
  private final Semaphore ended = new Semaphore(0);
  private final List<SocketChannel> kept = new ArrayList<>();
  private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in));

  private CaseServer(String name, boolean faulty, int number) {
    this.name = name;
    this.faulty = faulty;
    this.number = number;
  }

  /** Serves until it is ended. */
  public static void main(String[] arguments) {
    CaseServer server =
        new CaseServer(
            arguments[0],
            Build.valueOf(arguments[1]).hasTheFault(),
            Integer.parseInt(arguments[3]));
    Thread.ofPlatform().name("case").start(() -> server.run(arguments[2]));
  }

  private void run(String where) {
    try {
      if (name.startsWith("udp-")) {
        datagrams(Integer.parseInt(where));
        return;
      }
      try (ServerSocketChannel listener = listen(where)) {
        switch (name) {
          case "drain", "stop-accepting" -> drain(listener);
          case "rebind" -> rebind(listener);
          case "emfile-spin" -> acceptUnderALimit(listener);
          case "blocked-pool" ->
              accept(
                  listener,
                  faulty ? Executors.newFixedThreadPool(2, CaseServer::thread) : CaseServer::start);
          case "hang-up-spin",
              "unix-hang-up",
              "write-interest",
              "extra-epoll-ctl",
              "short-write",
              "no-backpressure" ->
              select(listener);
          default -> accept(listener, CaseServer::start);
        }
      }
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private ServerSocketChannel listen(String where) throws IOException {
    if (name.startsWith("unix-")) {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
          .bind(UnixDomainSocketAddress.of(Path.of(where)));
    }
    InetSocketAddress any = new InetSocketAddress(Integer.parseInt(where));
    if (name.equals("dual-stack")) {
      return faulty
          ? ServerSocketChannel.open(StandardProtocolFamily.INET).bind(any)
          : ServerSocketChannel.open().bind(any);
    }
    int backlog = name.startsWith("backlog-") ? backlog() : number;
    return ServerSocketChannel.open(StandardProtocolFamily.INET).bind(any, backlog);
  }

  /** The number that the report asks for, or what the runtime or framework made of it. */
  private int backlog() {
    return switch (name) {
      case "backlog-50" -> faulty ? 50 : number;
      case "backlog-511" -> faulty ? 511 : number;
      case "backlog-128" -> faulty ? 128 : number;
      case "backlog-16-bits" -> faulty ? Math.min(number, 65_535) : number;
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Thread thread(Runnable work) {
    return Thread.ofPlatform().name("case-connection").unstarted(work);
  }

  private static void start(Runnable work) {
    thread(work).start();
  }

  private void accept(ServerSocketChannel listener, Executor threads) throws IOException {
    System.out.println("ready");
    while (listener.isOpen()) {
      SocketChannel connection = listener.accept();
      threads.execute(() -> serveAndSay(connection));
    }
  }

  private void serveAndSay(SocketChannel connection) {
    try {
      serve(connection);
    } catch (IOException failure) {
      System.out.println("connection ended: " + failure.getMessage());
    }
    System.out.println("done " + done.incrementAndGet());
    ended.release();
  }

  private void serve(SocketChannel connection) throws IOException {
    switch (name) {
      case "reset-on-close" -> {
        for (int read = 0; read < 8_192; ) {
          read += connection.read(ByteBuffer.allocate(8_192 - read));
        }
        write(connection, "413");
        if (!faulty) {
          connection.shutdownOutput();
          drain(connection);
        }
        connection.close();
      }
      case "close-wait" -> {
        drain(connection);
        if (faulty) {
          keep(connection);
        } else {
          connection.close();
        }
      }
      case "half-close" -> {
        drain(connection);
        if (!faulty) {
          write(connection, "reply");
        }
        connection.close();
      }
      case "linger-zero" -> {
        read(connection);
        write(connection, "reply");
        if (faulty) {
          connection.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        connection.close();
      }
      case "blocked-pool" -> {
        boolean large = read(connection) == 'L';
        write(connection, ByteBuffer.allocate(large ? 32 << 20 : 2));
        drain(connection);
        connection.close();
      }
      case "nagle", "nagle-pipeline" -> {
        connection.setOption(StandardSocketOptions.TCP_NODELAY, !faulty);
        read(connection);
        write(connection, ByteBuffer.allocate(number));
        write(connection, ByteBuffer.allocate(number));
        drain(connection);
        connection.close();
      }
      case "small-writes" -> {
        while (read(connection) >= 0) {
          for (int i = 0; i < (faulty ? 23 : 1); i++) {
            write(connection, ByteBuffer.allocate(faulty ? 1 : 23));
          }
        }
        connection.close();
      }
      case "writev-of-one" -> {
        while (read(connection) >= 0) {
          ByteBuffer reply = ByteBuffer.allocate(5);
          if (faulty) {
            connection.write(new ByteBuffer[] {reply});
          } else {
            connection.write(reply);
          }
        }
        connection.close();
      }
      case "receive-buffer" -> {
        if (faulty) {
          connection.setOption(StandardSocketOptions.SO_RCVBUF, 65_536);
        }
        read(connection);
        write(connection, "reply");
        connection.close();
      }
      case "time-wait" -> {
        read(connection);
        write(connection, "reply");
        if (faulty) {
          drain(connection);
        }
        connection.close();
      }
      case "keepalive" -> {
        connection.setOption(StandardSocketOptions.SO_KEEPALIVE, !faulty);
        write(connection, "hello");
        drain(connection);
        connection.close();
      }
      default -> { // one reply, and whoever asks closes
        read(connection);
        write(connection, "reply");
        drain(connection);
        connection.close();
      }
    }
  }

  private synchronized void keep(SocketChannel connection) {
    kept.add(connection);
  }

  private static int read(SocketChannel connection) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    return connection.read(one) < 0 ? -1 : one.get(0);
  }

  private static void drain(SocketChannel connection) throws IOException {
    while (connection.read(ByteBuffer.allocate(65_536)) >= 0) {
      // It is not kept.
    }
  }

  private static void write(SocketChannel connection, String text) throws IOException {
    write(connection, ByteBuffer.wrap(text.getBytes()));
  }

  private static void write(SocketChannel connection, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }

  /** Serves nobody any more; the fault is to leave the listener open meanwhile. */
  private void drain(ServerSocketChannel listener) throws IOException {
    System.out.println("ready");
    input.readLine();
    if (!faulty) {
      listener.close();
    }
    System.out.println("draining");
    input.readLine();
    listener.close();
    System.out.println("closed");
    input.readLine();
  }

  /** Closes a connection first, and then listens again on the same port. */
  private void rebind(ServerSocketChannel listener) throws IOException {
    SocketAddress address = listener.getLocalAddress();
    SocketChannel connection = listener.accept();
    connection.shutdownOutput();
    drain(connection);
    connection.close();
    listener.close();
    try (ServerSocketChannel again = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
      again.setOption(StandardSocketOptions.SO_REUSEADDR, !faulty).bind(address);
      System.out.println("bound");
    } catch (BindException _) {
      System.out.println("in use");
    }
    input.readLine();
  }

  /** The fault is to try again at once; the repair is to wait until a connection has ended. */
  private void acceptUnderALimit(ServerSocketChannel listener)
      throws IOException, InterruptedException {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        start(() -> serveAndSay(connection));
      } catch (IOException failure) {
        System.out.println("refused: " + failure.getMessage());
        if (!faulty) {
          ended.drainPermits();
          ended.acquire();
        }
      }
    }
  }

  /** One thread for all connections. */
  private void select(ServerSocketChannel listener) throws IOException {
    try (Selector selector = Selector.open()) {
      listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      System.out.println("ready");
      while (listener.isOpen()) {
        selector.select(key -> {
          if (key.isAcceptable()) {
            register(listener, selector);
            return;
          }
          try {
            handle(key, (SocketChannel) key.channel());
          } catch (IOException _) {
            close(key);
          }
        });
      }
    }
  }

  private static void register(ServerSocketChannel listener, Selector selector) {
    try {
      listener.accept().configureBlocking(false).register(selector, SelectionKey.OP_READ);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void handle(SelectionKey key, SocketChannel connection) throws IOException {
    if (key.isReadable()) {
      ByteBuffer request = ByteBuffer.allocate(100);
      int read = connection.read(request);
      if (read < 0) {
        end(key);
        return;
      }
      reply(key, connection, request.flip());
    }
    if (key.isValid() && key.isWritable()) {
      flush(key, connection);
    }
  }

  /** The client has ended its output. */
  private void end(SelectionKey key) {
    if (faulty && (name.equals("hang-up-spin") || name.equals("unix-hang-up"))) {
      if (key.attachment() == null) { // once
        key.attach(name);
        System.out.println("done " + done.incrementAndGet());
      }
      return; // with the interest as it was: it is readable for ever
    }
    close(key);
  }

  private void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException failure) {
      System.out.println("close: " + failure.getMessage());
    }
    System.out.println("done " + done.incrementAndGet());
  }

  private void reply(SelectionKey key, SocketChannel connection, ByteBuffer request)
      throws IOException {
    switch (name) {
      case "write-interest" -> {
        connection.write(request);
        key.interestOps(SelectionKey.OP_READ | (faulty ? SelectionKey.OP_WRITE : 0));
      }
      case "extra-epoll-ctl" -> {
        if (faulty) {
          key.attach(request);
          key.interestOps(SelectionKey.OP_WRITE);
        } else {
          connection.write(request);
        }
      }
      case "short-write" -> {
        ByteBuffer whole = ByteBuffer.allocate(number);
        connection.write(whole);
        if (faulty || !whole.hasRemaining()) {
          close(key);
        } else {
          key.attach(whole);
          key.interestOps(SelectionKey.OP_WRITE);
        }
      }
      case "no-backpressure" -> {
        key.attach(ByteBuffer.allocate(number));
        key.interestOps((faulty ? SelectionKey.OP_READ : 0) | SelectionKey.OP_WRITE);
      }
      case "unix-hang-up" -> {
        // No reply: writing to a peer that has gone would end the connection.
      }
      default -> connection.write(request);
    }
  }

  /** There is room for output. */
  private void flush(SelectionKey key, SocketChannel connection) throws IOException {
    if (key.attachment() instanceof ByteBuffer rest) {
      connection.write(rest);
      if (!rest.hasRemaining() && name.equals("short-write")) {
        close(key);
      } else if (!rest.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ);
      }
    }
  }

  private void datagrams(int where) throws IOException {
    try (DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET)) {
      switch (name) {
        case "udp-buffer" -> {
          if (faulty) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, 2_048);
          }
          ready(socket, where);
          input.readLine();
          socket.configureBlocking(false);
          while (socket.receive(ByteBuffer.allocate(8_000)) != null) {
            done.incrementAndGet();
          }
          System.out.println("read " + done);
          input.readLine();
        }
        case "udp-granted" -> {
          socket.setOption(StandardSocketOptions.SO_RCVBUF, faulty ? 512 << 20 : 65_536);
          ready(socket, where);
          input.readLine();
        }
        case "udp-per-wake-up" -> perWakeUp(socket, where);
        case "udp-left-in-the-group" -> group(socket, where);
        case "udp-fragments" -> {
          ready(socket, where);
          while (socket.isOpen()) {
            ByteBuffer query = ByteBuffer.allocate(100);
            socket.send(ByteBuffer.allocate(faulty ? 4_000 : 1_232), socket.receive(query));
          }
        }
        default -> throw new IllegalArgumentException(name);
      }
    }
  }

  private static void ready(DatagramChannel socket, int where) throws IOException {
    socket.bind(new InetSocketAddress(where));
    System.out.println("ready on " + ((InetSocketAddress) socket.getLocalAddress()).getPort());
  }

  /** For each line of input, as many datagrams as it says; they are there already. */
  private void perWakeUp(DatagramChannel socket, int where) throws IOException {
    try (Selector selector = Selector.open()) {
      ready(socket, where);
      socket.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        int wanted = Integer.parseInt(line);
        int[] read = {0};
        while (read[0] < wanted) {
          selector.select(_ -> {
            try {
              while (socket.receive(ByteBuffer.allocate(100)) != null) {
                read[0]++;
                if (faulty || read[0] == wanted) {
                  return;
                }
              }
            } catch (IOException failure) {
              throw new IllegalStateException(failure);
            }
          });
        }
        System.out.println("read " + done.incrementAndGet());
      }
    }
  }

  /** Two sockets on one port, of which the first, an old worker's, is not read any more. */
  private void group(DatagramChannel worker, int where) throws IOException {
    try (DatagramChannel old = DatagramChannel.open(StandardProtocolFamily.INET)) {
      old.setOption(StandardSocketOptions.SO_REUSEPORT, true).bind(new InetSocketAddress(where));
      InetSocketAddress address = (InetSocketAddress) old.getLocalAddress();
      worker.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      if (!faulty) {
        old.close();
      }
      ready(worker, address.getPort());
      while (worker.isOpen()) {
        ByteBuffer request = ByteBuffer.allocate(100);
        worker.send(ByteBuffer.allocate(1), worker.receive(request));
      }
    }
  }
}

package dev.socketlab.script;

import dev.socketlab.load.Conversation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Sends each line back, on a thread for each connection; with one fault, or none. */
final class FaultyServer {

  /** What is wrong with it. */
  enum Fault {
    NONE,
    /** At the end of the input behind a request it reads again and again. */
    SPINS_AT_THE_END,
    /** A connection that ends in the middle of a request is not closed. */
    LEAVES_CLOSE_WAIT,
    /** A connection that is reset is not closed if something was read from it. */
    LEAKS_DESCRIPTORS,
    /** The thread of a connection that is reset before it said anything does not end. */
    LEAKS_THREADS,
    /** A client that ends and has said nothing is reset. */
    RESETS_SILENT_CLIENTS,
    /** It does not end when it is asked to. */
    DOES_NOT_STOP
  }

  /** Asks for one line. */
  static final class Ping implements Conversation {
    Ping(long session) {}

    @Override
    public void writeRequest(ByteBuffer out) {
      out.put("ping\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean readReplies(ByteBuffer in) {
      boolean whole = false;
      while (in.hasRemaining()) {
        whole = in.get() == '\n';
      }
      return whole;
    }
  }

  /** What is not closed; what nobody refers to would be closed by the JVM. */
  private static final Queue<Socket> HELD = new ConcurrentLinkedQueue<>();

  private final Fault fault;

  private FaultyServer(Fault fault) {
    this.fault = fault;
  }

  /** Called by the JVM: the port and the fault. */
  public static void main(String[] arguments) throws IOException {
    FaultyServer server = new FaultyServer(Fault.valueOf(arguments[1]));
    if (server.fault == Fault.DOES_NOT_STOP) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(FaultyServer::remain));
    }
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[0]), 50, loopback)) {
      while (listener.isBound()) {
        Socket socket = listener.accept();
        Thread.ofPlatform().name("connection").start(() -> server.serve(socket));
      }
    }
  }

  private static void remain() {
    while (true) {
      LockSupport.park();
    }
  }

  private void serve(Socket socket) {
    int read = 0;
    int inLine = 0;
    byte[] line = new byte[100];
    boolean close = true;
    try {
      int next = socket.getInputStream().read();
      while (next >= 0 || (fault == Fault.SPINS_AT_THE_END && read > 0 && inLine == 0)) {
        if (next >= 0) {
          read++;
          line[inLine++] = (byte) next;
        }
        if (next == '\n') {
          socket.getOutputStream().write(line, 0, inLine);
          inLine = 0;
        }
        next = socket.getInputStream().read();
      }
      close = fault != Fault.LEAVES_CLOSE_WAIT || inLine == 0;
      if (fault == Fault.RESETS_SILENT_CLIENTS && read == 0) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException _) {
      close = fault != Fault.LEAKS_DESCRIPTORS || read == 0;
      if (fault == Fault.LEAKS_THREADS && read == 0) {
        remain();
      }
    }
    if (close) {
      close(socket);
    } else {
      HELD.add(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // The client's business.
    }
  }
}

package com.example.casebook;

import com.example.casebook.CaseBook.Build;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/**
 * Clients with the faults of the case book. Its arguments are the case, the build, and the address
 * and port of the server; a line of input is one thing to do, and is answered by a line.
 */
final class CaseClient {
  private final String name;
  private final boolean faulty;
  private final InetSocketAddress server;
  private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in));

  private CaseClient(String name, boolean faulty, InetSocketAddress server) {
    this.name = name;
    this.faulty = faulty;
    this.server = server;
  }

  /** Does what it is told until its input ends. */
  public static void main(String[] arguments) throws IOException {
    CaseClient client =
        new CaseClient(
            arguments[0],
            Build.valueOf(arguments[1]).hasTheFault(),
            new InetSocketAddress(
                InetAddress.ofLiteral(arguments[2]), Integer.parseInt(arguments[3])));
    client.run();
  }

  private void run() throws IOException {
    switch (name) {
      case "refused-upload" -> {
        System.out.println("ready");
        for (String line = input.readLine(); line != null; line = input.readLine()) {
          System.out.println(line + " got \"" + upload() + '"');
        }
      }
      case "descriptor-leak" -> connectInVain();
      case "icmp-refused" -> metrics();
      case "too-big" -> tooBig();
      case "stale-connection" -> pooled();
      case "segments-per-statement" -> statements();
      default -> {
        try (SocketChannel connection = SocketChannel.open(server)) {
          connection.setOption(StandardSocketOptions.TCP_NODELAY, !faulty);
          System.out.println("ready");
          input.readLine();
          write(connection, "request");
          input.readLine();
        }
      }
    }
  }

  /** Sends more than fits; the fault is not to look for a reply where a write fails. */
  private String upload() throws IOException {
    try (SocketChannel connection = SocketChannel.open(server)) {
      ByteBuffer reply = ByteBuffer.allocate(3);
      try {
        write(connection, "PUT /\r\n\r\n");
        ByteBuffer body = ByteBuffer.allocate(16 << 20);
        while (body.hasRemaining()) {
          connection.write(body);
        }
        connection.read(reply);
      } catch (IOException failure) {
        if (!faulty) {
          connection.read(reply);
        }
      }
      return new String(reply.array(), 0, reply.position());
    }
  }

  /** The fault is to forget what was opened before the failure. */
  private void connectInVain() throws IOException {
    List<SocketChannel> leaked = new ArrayList<>();
    System.out.println("ready");
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      for (int i = 0; i < Integer.parseInt(line); i++) {
        SocketChannel second = SocketChannel.open(); // for the next address
        try {
          SocketChannel.open(server).close();
        } catch (IOException failure) {
          if (faulty) {
            leaked.add(second);
          } else {
            second.close();
          }
        }
      }
      System.out.println("tried " + line);
    }
  }

  /** The fault is to end with the first refusal. */
  private void metrics() throws IOException {
    try (DatagramChannel agent =
        DatagramChannel.open(StandardProtocolFamily.INET).connect(server)) {
      System.out.println("ready");
      int sent = 0;
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        try {
          if (agent.isOpen()) {
            agent.write(ByteBuffer.allocate(1));
            sent++;
          }
        } catch (IOException refused) {
          if (faulty) {
            agent.close();
          }
        }
        System.out.println("metric " + line + ", sent " + sent);
      }
    }
  }

  /** The fault is to send the same again; the repair is a size that every path carries. */
  private void tooBig() throws IOException {
    try (DatagramChannel socket =
        DatagramChannel.open(StandardProtocolFamily.INET).connect(server)) {
      socket.setOption(ExtendedSocketOptions.IP_DONTFRAGMENT, true);
      System.out.println("ready");
      int size = 1_400;
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        try {
          socket.write(ByteBuffer.allocate(size));
        } catch (IOException tooLong) {
          if (!faulty) {
            size = 1_200;
            socket.write(ByteBuffer.allocate(size));
          }
        }
        System.out.println("datagram " + line);
      }
    }
  }

  /** Keeps its connection; the repair is to ask again on a new one where the old one has ended. */
  private void pooled() throws IOException {
    SocketChannel connection = SocketChannel.open(server);
    System.out.println("ready");
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      String answer = ask(connection);
      if (answer.isEmpty() && !faulty) {
        connection.close();
        connection = SocketChannel.open(server);
        answer = ask(connection);
      }
      System.out.println("asked " + line + ", got \"" + answer + '"');
    }
    connection.close();
  }

  private static String ask(SocketChannel connection) {
    ByteBuffer reply = ByteBuffer.allocate(2);
    try {
      write(connection, "ask\n");
      connection.read(reply);
    } catch (IOException _) {
      return "";
    }
    return new String(reply.array(), 0, reply.position());
  }

  /** The fault is a write for each message instead of one for all that wait for a reply. */
  private void statements() throws IOException {
    try (SocketChannel connection = SocketChannel.open(server)) {
      connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
      System.out.println("ready");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        if (faulty) {
          write(connection, "BEGIN;");
          write(connection, "SELECT;");
        } else {
          write(connection, "BEGIN;SELECT;");
        }
        connection.read(ByteBuffer.allocate(2));
        System.out.println("statement " + line);
      }
    }
  }

  private static void write(SocketChannel connection, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes());
    while (bytes.hasRemaining()) {
      connection.write(bytes);
    }
  }
}

package dev.socketlab.experiments.laws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Lets datagrams queue; {@code report NAME} on its input makes it read all that are there and print
 * their numbers in the order in which they came.
 */
final class NumberedSubscriber {

  private NumberedSubscriber() {}

  /** Called by the subject's JVM with the port. */
  public static void main(String[] arguments) throws IOException {
    run(arguments, received -> received);
  }

  static void run(String[] arguments, UnaryOperator<List<Integer>> claim) throws IOException {
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      channel.bind(new InetSocketAddress(Integer.parseInt(arguments[0]))).configureBlocking(false);
      System.out.println("subscribed to port " + arguments[0]);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<Integer> received = claim.apply(drain(channel));
        System.out.println(
            "report "
                + line.split(" ", -1)[1]
                + " received="
                + received.stream().map(String::valueOf).collect(Collectors.joining(",")));
      }
    }
  }

  private static List<Integer> drain(DatagramChannel channel) throws IOException {
    List<Integer> received = new ArrayList<>();
    ByteBuffer datagram = ByteBuffer.allocate(Integer.BYTES);
    while (channel.receive(datagram.clear()) != null) {
      received.add(datagram.getInt(0));
    }
    return received;
  }
}

package dev.socketlab.experiments.laws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** Sends bursts of numbered datagrams; {@code burst NAME COUNT} on its input asks for one. */
final class NumberedPublisher {

  private NumberedPublisher() {}

  /** Called by the subject's JVM with the subscriber's address and port. */
  public static void main(String[] arguments) throws IOException {
    run(arguments, count -> IntStream.rangeClosed(1, count));
  }

  /** The numbers to send in a burst of a given length. */
  interface Numbers {
    IntStream of(int count);
  }

  static void run(String[] arguments, Numbers numbers) throws IOException {
    InetSocketAddress subscriber =
        new InetSocketAddress(InetAddress.ofLiteral(arguments[0]), Integer.parseInt(arguments[1]));
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      channel.connect(subscriber);
      System.out.println("ready to publish");
      ByteBuffer datagram = ByteBuffer.allocate(Integer.BYTES);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        int[] burst = numbers.of(Integer.parseInt(words[2])).toArray();
        for (int number : burst) {
          channel.write(datagram.clear().putInt(number).flip());
        }
        System.out.println(
            "burst %s published=%d last=%d"
                .formatted(words[1], burst.length, burst[burst.length - 1]));
      }
    }
  }
}

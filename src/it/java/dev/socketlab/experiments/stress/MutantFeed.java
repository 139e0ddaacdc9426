package dev.socketlab.experiments.stress;

import dev.socketlab.qsl.feed.MarketDataFeed;
import dev.socketlab.qsl.feed.SyntheticFlow;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Broken feeds for the controls. Each is the real program with one thing wrong with it, so that the
 * mechanism which ought to notice can be seen to do so.
 */
final class MutantFeed {

  private MutantFeed() {}

  /** Edits each line that the real program will print. */
  private static void editOutput(UnaryOperator<String> edit) {
    System.setOut(
        new PrintStream(System.out, true) {
          private final StringBuilder line = new StringBuilder();

          @Override
          public void print(String part) {
            line.append(part);
          }

          @Override
          public void print(int part) {
            line.append(part);
          }

          @Override
          public void print(long part) {
            line.append(part);
          }

          @Override
          public void println(String part) {
            super.print(edit.apply(line + part) + "\n");
            super.flush();
            line.setLength(0);
          }

          @Override
          public void println(int part) {
            println(Integer.toString(part));
          }
        });
  }

  /** Adds to the number that follows a key. */
  private static String add(String line, String key, long amount) {
    int start = line.indexOf(key);
    if (start < 0) {
      return line;
    }
    int from = start + key.length();
    int to = from;
    while (to < line.length() && Character.isDigit(line.charAt(to))) {
      to++;
    }
    return line.substring(0, from)
        + (Long.parseLong(line.substring(from, to)) + amount)
        + line.substring(to);
  }

  private static String claimGranted(String line, long bytes) {
    return line.replaceFirst("SO_RCVBUF=\\d+", "SO_RCVBUF=" + bytes);
  }

  private static int port(String[] arguments) {
    return Integer.parseInt(arguments[0]);
  }

  private static int requested(String[] arguments) {
    return Integer.parseInt(arguments[1]);
  }

  /** A subscriber that hides one datagram. */
  static final class HidesADatagram {
    private HidesADatagram() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      editOutput(line -> line.startsWith("received=") ? add(line, "received=", -1) : line);
      SubscriberProcess.main(arguments);
    }
  }

  /**
   * A publisher that claims one datagram more than it sent: for two seconds the watch of each burst
   * looks for the one that is missing.
   */
  static final class ClaimsOneMore {
    private ClaimsOneMore() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      editOutput(line -> line.startsWith("published=") ? add(line, "published=", 1) : line);
      PublisherProcess.main(arguments);
    }
  }

  /** A subscriber that does not apply the buffer, and claims that it did. */
  static final class DoesNotApplyTheBuffer {
    private DoesNotApplyTheBuffer() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      long requested = requested(arguments);
      editOutput(line -> requested == 0 ? line : claimGranted(line, 2 * requested));
      SubscriberProcess.run(port(arguments), 0);
    }
  }

  /** A subscriber that ignores the buffer asked for, and says what it got instead. */
  static final class IgnoresTheRequest {
    private IgnoresTheRequest() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      SubscriberProcess.run(port(arguments), 0);
    }
  }

  /**
   * A subscriber that applies a tiny buffer where a large one is asked for, and claims the large.
   */
  static final class ShrinksTheLargeBuffer {
    private static final long LARGE = 1 << 20;

    private ShrinksTheLargeBuffer() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      long requested = requested(arguments);
      if (requested < LARGE) {
        SubscriberProcess.main(arguments);
      } else {
        editOutput(line -> claimGranted(line, 2 * requested));
        SubscriberProcess.run(port(arguments), 2_048);
      }
    }
  }

  /** A subscriber that is gone soon after it was told to receive. */
  static final class DiesDuringTheBurst {
    private DiesDuringTheBurst() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      Thread.ofPlatform()
          .start(() -> {
            LockSupport.parkNanos(1_000_000_000);
            System.err.println("struck by lightning");
            Runtime.getRuntime().halt(42);
          });
      SubscriberProcess.main(arguments);
    }
  }

  /** A publisher that leaves out a sequence number. */
  static final class SkipsANumber {
    private static final int SYMBOLS = 3;
    private static final int SEQUENCE_OFFSET = 8;

    private SkipsANumber() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      int port = port(arguments);
      long seed = Long.parseLong(arguments[1]);
      int orders = Integer.parseInt(arguments[2]);
      long limit = Long.parseLong(arguments[3]);
      try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
        channel.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        MarketDataFeed feed =
            new MarketDataFeed(SYMBOLS, limit, datagram -> sendSkipping(channel, datagram));
        SyntheticFlow flow = new SyntheticFlow(seed, SYMBOLS, feed);
        System.out.println("ready to publish to 127.0.0.1:" + port);
        if (System.in.read() < 0) {
          return;
        }
        for (int order = 0; order < orders && !feed.isComplete(); order++) {
          feed.publishTopOfBook(flow.engine(), flow.next().symbol());
        }
        System.out.println(
            "published="
                + (feed.sentTrades() + feed.sentTopsOfBook())
                + " failed=0 last_sequence="
                + (feed.lastSequence() + 1));
      }
    }

    private static boolean sendSkipping(DatagramChannel channel, ByteBuffer datagram) {
      long sequence = datagram.getLong(SEQUENCE_OFFSET);
      datagram.putLong(SEQUENCE_OFFSET, sequence < 3 ? sequence : sequence + 1);
      try {
        return channel.write(datagram) > 0;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}

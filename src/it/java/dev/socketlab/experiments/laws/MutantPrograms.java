package dev.socketlab.experiments.laws;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Broken programs for the controls. Each is the real one with one thing wrong with it. */
final class MutantPrograms {

  private MutantPrograms() {}

  /** A listener that accepts each connection. */
  static final class Accepts {
    private Accepts() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      List<SocketChannel> accepted = new ArrayList<>();
      try (ServerSocketChannel listener =
          Listener.listen(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]))) {
        while (accepted.size() < 1_000) {
          accepted.add(listener.accept());
        }
      }
    }
  }

  /** A listener that asks for one place less than it was told, and clamps like the kernel. */
  static final class AsksForLess {
    private AsksForLess() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      int backlog = Math.min(4, Integer.parseInt(arguments[1])) - 1;
      Listener.main(new String[] {arguments[0], Integer.toString(backlog)});
    }
  }

  /** A subscriber that reads a datagram and does not tell. */
  static final class HidesADatagram {
    private HidesADatagram() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      NumberedSubscriber.run(
          arguments, received -> received.stream().filter(number -> number != 5).toList());
    }
  }

  /** A publisher that leaves out a number that the link would let pass. */
  static final class SkipsANumber {
    private SkipsANumber() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      NumberedPublisher.run(
          arguments, count -> IntStream.rangeClosed(1, count).filter(number -> number != 5));
    }
  }
}

package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SocketTableTest {
  /** Tables of numbers, where 7 and 1007 are two rows of one socket. */
  private static final SocketTable<Integer> TABLE =
      new SocketTable<>(
          "x",
          (source, lines, version, order) -> {
            throw new AssertionError("not read from a file here");
          },
          number -> number % 1_000);

  private final Deque<List<Integer>> readings = new ArrayDeque<>();

  /** Take the readings one after the other, the last one again and again. */
  private List<Integer> complete() {
    return TABLE.complete(() -> readings.size() > 1 ? readings.removeFirst() : readings.getFirst());
  }

  private static List<Integer> rows(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void aTableOfOnePortionIsReadOnce() {
    readings.add(rows(1, SocketTable.ROWS_OF_A_PORTION));
    readings.add(List.of(77));

    assertThat(complete()).isEqualTo(rows(1, SocketTable.ROWS_OF_A_PORTION));
    assertThat(readings).containsExactly(List.of(77));
  }

  @Test
  void aLongerOneIsReadUntilTwoReadingsAreEqual() {
    readings.add(rows(2, 41)); // without 1, and 41 is closed after it
    readings.add(rows(1, 40));
    readings.add(rows(1, 40));
    readings.add(List.of(77));

    assertThat(complete()).isEqualTo(rows(1, 40));
    assertThat(readings).containsExactly(List.of(77));
  }

  @Test
  void aSocketThatAppearsTwiceIsOneSocketAndAsItWasSeenLast() {
    readings.add(Stream.concat(rows(1, 40).stream(), Stream.of(1_007)).toList());
    readings.add(rows(1_001, 1_040));

    assertThat(complete()).isEqualTo(rows(1_001, 1_040));
  }

  @Test
  void twoReadingsThatShowTheSameSocketTwiceDoNotAgree() {
    List<Integer> twice = Stream.concat(rows(1, 40).stream(), Stream.of(1_007)).toList();
    readings.add(twice);
    readings.add(twice);
    readings.add(rows(1, 41));
    readings.add(rows(1, 41));
    readings.add(List.of(77));

    assertThat(complete()).isEqualTo(rows(1, 41));
    assertThat(readings).containsExactly(List.of(77));
  }

  @Test
  void whereNoTwoReadingsAgreeTheSocketsOfAllAreTaken() {
    for (int n = 1; n <= SocketTable.READINGS; n++) {
      readings.add(rows(n, n + 30));
    }
    readings.add(List.of(77));

    assertThat(complete()).isEqualTo(rows(1, SocketTable.READINGS + 30));
    assertThat(readings).containsExactly(List.of(77));
  }

  /** A single reading leaves one out in about one of ten of these rounds. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void eachOpenSocketIsThereOnceWhileOthersComeAndGo() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<?> others =
        new FutureTask<>(() -> {
          while (!done.get()) {
            close(open(20));
          }
          return null;
        });
    Thread.ofPlatform().start(others);
    List<DatagramChannel> stay = open(60);
    try {
      List<InetSocketAddress> open = new ArrayList<>();
      for (DatagramChannel channel : stay) {
        open.add((InetSocketAddress) channel.getLocalAddress());
      }
      for (int round = 0; round < 200; round++) {
        UdpSockets sockets = UdpSockets.read(NetworkView.ofCallingThread(), IpVersion.V4);

        // Other processes may have the same port at another address.
        assertThat(sockets.all().stream().map(UdpSocket::local).filter(open::contains))
            .containsExactlyInAnyOrderElementsOf(open);
      }
    } finally {
      done.set(true);
      others.get();
      close(stay);
    }
  }

  private static List<DatagramChannel> open(int count) throws IOException {
    List<DatagramChannel> sockets = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET);
      sockets.add(socket);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    }
    return sockets;
  }

  private static void close(List<DatagramChannel> sockets) throws IOException {
    for (DatagramChannel socket : sockets) {
      socket.close();
    }
  }
}

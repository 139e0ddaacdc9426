package dev.socketlab.experiments.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.RequiresFault;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.FaultKind;
import dev.socketlab.place.LinkFault;
import dev.socketlab.place.NetworkHost;
import dev.socketlab.place.Traffic;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controls: each mechanism of {@code socket-laws} is seen to fail when its law is broken. */
@Tag("controls")
@RequiresLinux
@RequiresFault(FaultKind.DROP)
class SocketLawsControlsIT {

  private static final int HOLDS_BACKLOG_PLUS_ONE = 1;
  private static final int SURPLUS_IS_COUNTED = 2;
  private static final int REPEATED_SYN = 3;
  private static final int CLAMP = 4;
  private static final int INJECTION = 1;
  private static final int MULTIPLES = 2;
  private static final int BOOKS = 3;

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory =
        new Laboratory(folder)
            .with("socketlab.accept-queue.trials", "1")
            .with("socketlab.link-loss.trials", "1")
            .with("socketlab.accept-queue.backlogs", "2 9")
            .with("socketlab.accept-queue.somaxconn", "4")
            .with("socketlab.accept-queue.surplus", "2")
            .with("socketlab.link-loss.drop-every", "7");
  }

  @Test
  void theRealLawsHold() throws IOException {
    assertThat(laboratory.run(AcceptQueueExperiment.class).failures()).isEmpty();
    assertThat(laboratory.run(LinkLossExperiment.class).failures()).isEmpty();
  }

  static class Accepting extends AcceptQueueExperiment {
    @Override
    Class<?> listener() {
      return Acceptor.class;
    }

    /** There is no SYN to be repeated, so there is nothing to wait for. */
    @Override
    boolean awaitsRetries() {
      return false;
    }
  }

  /** Accepts each connection. */
  static final class Acceptor {
    private Acceptor() {}

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

  @Test
  void aListenerThatAcceptsIsFound() throws IOException {
    assertThat(failed(Accepting.class, "socket_laws_accept_queue"))
        .containsExactly(HOLDS_BACKLOG_PLUS_ONE, SURPLUS_IS_COUNTED, REPEATED_SYN, CLAMP);
  }

  static class Shrunk extends AcceptQueueExperiment {
    @Override
    Class<?> listener() {
      return ShrunkListener.class;
    }
  }

  /** Asks for one place less than it was told, and clamps like the kernel. */
  static final class ShrunkListener {
    private ShrunkListener() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      int backlog = Math.min(4, Integer.parseInt(arguments[1])) - 1;
      Listener.main(new String[] {arguments[0], Integer.toString(backlog)});
    }
  }

  @Test
  void aSmallerBacklogThanToldIsFound() throws IOException {
    assertThat(failed(Shrunk.class, "socket_laws_accept_queue"))
        .contains(HOLDS_BACKLOG_PLUS_ONE, SURPLUS_IS_COUNTED, CLAMP);
  }

  static class OtherLoss extends LinkLossExperiment {
    @Override
    @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
      return super.inject(subscriber, dropEvery == 0 ? 0 : dropEvery + 1);
    }
  }

  @Test
  void aLinkThatDropsOthersIsFoundAlthoughItsBooksBalance() throws IOException {
    assertThat(failed(OtherLoss.class, "socket_laws_loss")).containsExactly(INJECTION, MULTIPLES);
  }

  static class LossByChance extends LinkLossExperiment {
    @Override
    @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
      return dropEvery == 0 ? null : subscriber.dropPercent(50, Traffic.UDP);
    }
  }

  @Test
  void aLinkThatDropsByChanceIsFoundAlthoughItsBooksBalance() throws IOException {
    assertThat(failed(LossByChance.class, "socket_laws_loss"))
        .contains(MULTIPLES)
        .doesNotContain(BOOKS);
  }

  static class NoInjection extends LinkLossExperiment {
    @Override
    @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
      return null;
    }
  }

  @Test
  void aFaultThatWasNotSetIsFound() throws IOException {
    assertThat(failed(NoInjection.class, "socket_laws_loss")).containsExactly(INJECTION, MULTIPLES);
  }

  static class LyingSubscriber extends LinkLossExperiment {
    @Override
    Class<?> subscriber() {
      return HidesADatagram.class;
    }
  }

  /** Reads a datagram and does not tell. */
  static final class HidesADatagram {
    private HidesADatagram() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      NumberedSubscriber.run(
          arguments, received -> received.stream().filter(number -> number != 5).toList());
    }
  }

  @Test
  void aSubscriberThatHidesADatagramIsFound() throws IOException {
    assertThat(failed(LyingSubscriber.class, "socket_laws_loss")).containsExactly(MULTIPLES, BOOKS);
  }

  static class SkippingPublisher extends LinkLossExperiment {
    @Override
    Class<?> publisher() {
      return SkipsANumber.class;
    }
  }

  /** Leaves out a number that the link would let pass. */
  static final class SkipsANumber {
    private SkipsANumber() {}

    /** Called by the subject's JVM. */
    public static void main(String[] arguments) throws IOException {
      NumberedPublisher.run(
          arguments, count -> IntStream.rangeClosed(1, count).filter(number -> number != 5));
    }
  }

  @Test
  void aPublisherThatSkipsANumberIsFound() throws IOException {
    assertThat(failed(SkippingPublisher.class, "socket_laws_loss"))
        .containsExactly(MULTIPLES, BOOKS);
  }

  private List<Integer> failed(Class<?> sabotaged, String artifact) throws IOException {
    Outcome outcome = laboratory.run(sabotaged);
    assertThat(outcome.failures()).isNotEmpty();
    return outcome.failedMechanisms(artifact);
  }
}

package dev.socketlab.experiments.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.ProcessGuard;
import dev.socketlab.testkit.Laboratory;
import dev.socketlab.testkit.Laboratory.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Controls: each mechanism of {@code socket-stress} is seen to fail when the feed is broken in the
 * way that the mechanism is there to notice.
 */
@Tag("controls")
@RequiresLinux
class SocketStressControlsIT {

  private static final int BOOKS = 1;
  private static final int RETENTION = 2;
  private static final int CAPACITY = 3;
  private static final int MONOTONY = 4;
  private static final int GRANTED = 5;

  private @TempDir Path folder;
  private Laboratory laboratory;

  @BeforeEach
  void openLaboratory() {
    laboratory =
        new Laboratory(folder)
            .with("socketlab.stress.trials", "1")
            .with("socketlab.stress.orders", "500");
  }

  static class HidingSubscriber extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SaboteurFeed.HidesADatagram.class, PublisherProcess.class);
    }
  }

  @Test
  void aSubscriberThatHidesADatagramIsFoundByTheBooks() throws IOException {
    assertThat(failedMechanisms(HidingSubscriber.class)).contains(BOOKS);
  }

  static class CookedBooks extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SubscriberProcess.class, SaboteurFeed.CooksTheBooks.class);
    }
  }

  @Test
  void aPublisherThatCooksTheBooksIsFoundByTheBooks() throws IOException {
    assertThat(failedMechanisms(CookedBooks.class)).contains(BOOKS);
  }

  static class SkippingPublisher extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SubscriberProcess.class, SaboteurFeed.SkipsANumber.class);
    }
  }

  @Test
  void aPublisherThatSkipsANumberIsFoundByTheGapsAlone() throws IOException {
    assertThat(failedMechanisms(SkippingPublisher.class)).containsExactly(BOOKS);
  }

  static class UnappliedBuffer extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SaboteurFeed.DoesNotApplyTheBuffer.class, PublisherProcess.class);
    }
  }

  @Test
  void aBufferThatWasNotAppliedIsFoundByWhatIsRetained() throws IOException {
    assertThat(failedMechanisms(UnappliedBuffer.class))
        .contains(RETENTION, CAPACITY)
        .doesNotContain(BOOKS);
  }

  static class IgnoredRequest extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SaboteurFeed.IgnoresTheRequest.class, PublisherProcess.class);
    }
  }

  @Test
  void aRequestThatWasIgnoredIsFoundByTheRule() throws IOException {
    assertThat(failedMechanisms(IgnoredRequest.class)).contains(GRANTED).doesNotContain(BOOKS);
  }

  static class ShrunkBuffer extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SaboteurFeed.ShrinksTheLargeBuffer.class, PublisherProcess.class);
    }
  }

  @Test
  void aLargerBufferThatLosesMoreIsFound() throws IOException {
    laboratory.with("socketlab.stress.orders", "2000");
    assertThat(failedMechanisms(ShrunkBuffer.class))
        .contains(RETENTION, MONOTONY)
        .doesNotContain(BOOKS, CAPACITY);
  }

  static class DyingSubscriber extends SocketStressExperiment {
    @Override
    FeedProcesses feed() {
      return new FeedProcesses(SaboteurFeed.DiesDuringTheBurst.class, PublisherProcess.class);
    }
  }

  @Test
  void aSubscriberThatDiesDuringTheBurstInvalidatesTheRunAndLeavesNothing() throws IOException {
    laboratory.with("socketlab.stress.orders", "10000000");
    ProcessGuard.start(); // it stays, for the whole of the JVM's life
    List<Long> before = children();
    Outcome outcome = laboratory.run(DyingSubscriber.class);
    assertThat(outcome.failures())
        .singleElement()
        .asString()
        .contains("subject subscriber")
        .contains("exit code 42")
        .contains("struck by lightning");
    assertThat(outcome.artifact("socket_stress_summary")).isEmpty();
    assertThat(children()).isSubsetOf(before);
  }

  @Test
  void theRealFeedPassesHereToo() throws IOException {
    Outcome outcome = laboratory.run(SocketStressExperiment.class);
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.artifact("socket_stress_summary").orElseThrow().mechanisms())
        .hasSize(GRANTED)
        .extracting(MechanismVerdict::verdict)
        .containsOnly(Verdict.HOLDS);
  }

  @Test
  void withoutTheKernelsTablesItRunsAndSaysWhatItCannotKnow() throws IOException {
    String system = System.setProperty("os.name", "Mac OS X");
    try {
      Outcome outcome = laboratory.run(SocketStressExperiment.class);
      assertThat(outcome.failures()).isEmpty();
      Artifact artifact = outcome.artifact("socket_stress_summary").orElseThrow();
      assertThat(artifact.mechanisms())
          .extracting(MechanismVerdict::verdict)
          .containsExactly(
              Verdict.INCONCLUSIVE,
              Verdict.NOT_RUN,
              Verdict.NOT_RUN,
              Verdict.HOLDS,
              Verdict.NOT_RUN);
      assertThat(artifact.toText()).contains("this system has no table of drops for each socket");
    } finally {
      System.setProperty("os.name", system);
    }
  }

  private List<Integer> failedMechanisms(Class<? extends SocketStressExperiment> sabotaged)
      throws IOException {
    Outcome outcome = laboratory.run(sabotaged);
    assertThat(outcome.failures()).isNotEmpty();
    return outcome.failedMechanisms("socket_stress_summary");
  }

  private static List<Long> children() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
  }
}

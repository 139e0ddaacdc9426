package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TasksTest {

  /** Answers one listing after the other, the last one again and again. */
  private static final class Scripted implements Tasks.Listing {
    private final List<List<String>> listings = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private int asked;

    Scripted then(long count, String... names) {
      listings.add(List.of(names));
      counts.add(count);
      return this;
    }

    @Override
    public List<Path> list() {
      asked++;
      return listings.get(at()).stream().map(Path::of).toList();
    }

    @Override
    public long count() {
      return counts.get(at());
    }

    private int at() {
      return Math.min(asked, listings.size()) - 1;
    }

    Set<Path> tasks(String... ended) {
      return Tasks.of(this, task -> !List.of(ended).contains(task.toString()));
    }
  }

  @Test
  void aListingOfAsManyThreadsAsThereAreIsEnough() {
    Scripted listing = new Scripted().then(2, "1", "2");

    assertThat(listing.tasks()).containsExactly(Path.of("1"), Path.of("2"));
    assertThat(listing.asked).isEqualTo(1);
  }

  @Test
  void aThreadThatAListingLeftOutIsInTheNext() {
    Scripted listing = new Scripted().then(3, "1", "2").then(3, "1", "2", "3");

    assertThat(listing.tasks()).containsExactly(Path.of("1"), Path.of("2"), Path.of("3"));
    assertThat(listing.asked).isEqualTo(2);
  }

  @Test
  void aListingWithAnEndedThreadInThePlaceOfALivingOneIsNotBelieved() {
    Scripted listing = new Scripted().then(2, "1", "2").then(2, "1", "3");

    assertThat(listing.tasks("2")).contains(Path.of("3"));
    assertThat(listing.asked).isEqualTo(2);
  }

  @Test
  void whereNoListingIsCompleteTheThreadsOfAllAreTaken() {
    Scripted listing = new Scripted().then(4, "1", "2").then(4, "1", "3");

    assertThat(listing.tasks()).containsExactly(Path.of("1"), Path.of("2"), Path.of("3"));
    assertThat(listing.asked).isEqualTo(Tasks.LISTINGS);
  }

  /** A single listing leaves the thread out in about one of a hundred of these rounds. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLivingThreadIsFoundWhileOthersEnd() throws Exception {
    long pid = ProcessHandle.current().pid();
    for (int round = 0; round < 500; round++) {
      for (int n = 0; n < 8; n++) {
        Thread.ofPlatform().start(spinningFor(ThreadLocalRandom.current().nextInt(400)));
      }
      CompletableFuture<Path> living = new CompletableFuture<>();
      CountDownLatch looked = new CountDownLatch(1);
      FutureTask<?> stay =
          new FutureTask<>(() -> {
            living.complete(Path.of("/proc/thread-self").toRealPath());
            looked.await();
            return null;
          });
      Thread.ofPlatform().start(stay);
      try {
        assertThat(Tasks.of(pid)).contains(living.get());
      } finally {
        looked.countDown();
        stay.get();
      }
    }
  }

  private static Runnable spinningFor(int micros) {
    return () -> {
      long until = System.nanoTime() + micros * 1_000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
    };
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessThatIsNotThereIsAnError() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> Tasks.of(Integer.MAX_VALUE))
        .withMessageStartingWith("cannot read: source=/proc/2147483647/task");
  }
}

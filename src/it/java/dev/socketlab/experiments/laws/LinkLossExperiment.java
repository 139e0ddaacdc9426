package dev.socketlab.experiments.laws;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresFault;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.network.LinkFault;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.network.Traffic;
import dev.socketlab.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** The law of a lossy link: each datagram that it drops is found again, by number. */
@Tag("socket-laws")
@Experiment(
    title = "A link that drops each n-th datagram: the loss is found again, by number",
    artifact = "socket_laws_loss",
    shows = {
      "Loss on a link between two hosts shows in the gaps of the sequence numbers to the datagram:"
          + " what is missing are the multiples of n.",
      "The link's own count of drops is the loss, and with it the ledger of both hosts balances."
    },
    doesNotShow = {
      "Loss by chance or in bursts, as real networks have it: here each n-th datagram is dropped.",
      "Loss in a full receive buffer, see socket-stress: a burst fits into the buffer whole."
    })
@RequiresLinux
@RequiresFault(LinkFault.Kind.DROP)
@PrivateNetwork(hosts = 2)
class LinkLossExperiment implements LinkLossParameters {

  private static final String ONE_TRIAL = "socketlab.link-loss.trials=1";
  private static final String EACH_7TH = "socketlab.link-loss.drop-every=7";

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String[] QUICK_START = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  private final List<LossyBurst> bursts = new ArrayList<>();
  private final List<Subject> subjects = new ArrayList<>();

  /** The two programs; controls put mutants in their place. */
  Class<?> publisher() {
    return NumberedPublisher.class;
  }

  Class<?> subscriber() {
    return NumberedSubscriber.class;
  }

  /** Sets the fault; controls set another one. */
  @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
    return dropEvery == 0 ? null : subscriber.dropEvery(dropEvery, Traffic.UDP);
  }

  List<Integer> dropEvery(Lab lab) {
    List<Integer> levels = new ArrayList<>(List.of(0));
    levels.addAll(lab.get(DROP_EVERY));
    return levels;
  }

  @BeforeAll
  void start(Lab lab) {
    Subject subscriber =
        lab.java(subscriber(), "{port}")
            .named("subscriber")
            .jvmFlags(QUICK_START)
            .readyWhen("subscribed to port (\\d+)")
            .on(lab.peer())
            .start();
    Subject publisher =
        lab.java(
                publisher(),
                lab.peer().address().getHostAddress(),
                Integer.toString(subscriber.port()))
            .named("publisher")
            .jvmFlags(QUICK_START)
            .readyWhen("ready to publish")
            .start();
    subjects.addAll(List.of(subscriber, publisher));
  }

  @Trials(parameter = "socketlab.link-loss.trials")
  void burst(@Factor("dropEvery") int dropEvery, Trial trial, Lab lab) throws Exception {
    Subject subscriber = subjects.getFirst();
    String name = "b" + bursts.size() + "e";
    LinkWatch watch = new LinkWatch(lab, subscriber.port());
    LinkFault fault = inject(lab.peer(), dropEvery);
    MatchResult burst = publish(name, lab.get(DATAGRAMS));
    int published = Integer.parseInt(burst.group(1));
    int last = Integer.parseInt(burst.group(2));
    watch.settle(published, fault);
    List<Integer> received = received(subscriber, name);
    long dropped = fault == null ? 0 : fault.dropped();
    UdpLedger.Builder ledger =
        UdpLedger.titled(trial.toString())
            .published(published)
            .received(received.size())
            .linkDrops(dropped, fault == null ? "no fault is set" : "nft, " + fault);
    enterGaps(ledger, last, received);
    watch.enterInto(ledger);
    bursts.add(
        new LossyBurst(
            dropEvery,
            trial.number(),
            published,
            last,
            received,
            fault == null ? 0 : fault.seen(),
            dropped,
            ledger.build()));
    trial.result("lost %d of %d".formatted(published - received.size(), published));
  }

  private MatchResult publish(String burst, int datagrams) {
    Subject publisher = subjects.getLast();
    publisher.send("burst " + burst + " " + datagrams);
    return publisher.awaitOutput(
        Pattern.compile("burst " + burst + " published=(\\d+) last=(\\d+)"), SOON);
  }

  private static List<Integer> received(Subject subscriber, String burst) {
    subscriber.send("report " + burst);
    String numbers =
        subscriber
            .awaitOutput(Pattern.compile("report " + burst + " received=([0-9,]*)"), SOON)
            .group(1);
    return numbers.isEmpty()
        ? List.of()
        : Arrays.stream(numbers.split(",", -1)).map(Integer::valueOf).toList();
  }

  private static void enterGaps(
      UdpLedger.Builder ledger, int lastPublished, List<Integer> received) {
    if (received.isEmpty()) {
      ledger.gaps(0, 0, lastPublished);
      return;
    }
    int first = received.getFirst();
    int last = received.getLast();
    long interior =
        LossyBurst.missing(lastPublished, received).stream()
            .filter(number -> number > first && number < last)
            .count();
    ledger.gaps(interior, first - 1L, (long) lastPublished - last);
  }

  @Mechanism("the injection takes place: the fault meets each datagram and drops each n-th")
  @Order(1)
  void theInjectionTakesPlace(Lab lab) {
    List<LossyBurst> lossy = lossy();
    assertThat(lossy)
        .isNotEmpty()
        .allSatisfy(burst -> {
          assertThat(burst.seen())
              .as("seen; %s", burst.ledger().ledger())
              .isEqualTo(burst.published());
          assertThat(burst.dropped())
              .as("dropped; %s", burst.ledger().ledger())
              .isEqualTo(burst.published() / burst.dropEvery());
        });
    lab.evidence(
        "%d datagrams dropped".formatted(lossy.stream().mapToLong(LossyBurst::dropped).sum()));
  }

  @Mechanism("what is missing are the multiples of n, and nothing without a fault")
  @Order(2)
  void theMultiplesAreMissing(Lab lab) {
    assertThat(bursts)
        .allSatisfy(burst ->
            assertThat(burst.missing())
                .as("missing with each %dth dropped", burst.dropEvery())
                .isEqualTo(burst.multiples()));
    lab.evidence("%d of %d sets are equal".formatted(bursts.size(), bursts.size()));
  }

  @Mechanism("the ledger of both hosts balances: the link's count of drops is the loss")
  @Order(3)
  void theBooksBalance(Lab lab) {
    assertThat(bursts)
        .allSatisfy(burst -> {
          assertThat(burst.ledger()).balance();
          assertThat(burst.ledger()).lost(burst.dropped());
        });
    lab.evidence("%d of %d ledgers balance".formatted(bursts.size(), bursts.size()));
  }

  @AfterAll
  void report(Lab lab) {
    Table.Builder table =
        Table.named(
            "Bursts over the link",
            key("n").meaning("each n-th datagram is dropped; 0 for no fault"),
            key("trial"),
            exact("published"),
            exact("seen").meaning("datagrams that the fault was applied to"),
            exact("dropped").meaning("the fault's own count"),
            exact("received"),
            exact("missing").meaning("numbers that did not come"),
            exact("multiples").meaning("numbers that ought not to come"));
    for (LossyBurst burst : bursts) {
      table.row(
          burst.dropEvery(),
          burst.trial(),
          burst.published(),
          burst.seen(),
          burst.dropped(),
          burst.received().size(),
          burst.missing().size(),
          burst.multiples().size());
    }
    lab.report()
        .table(table)
        .tool("nft")
        .howToRead(
            "The publisher is on one host, the subscriber on the other; the fault is a rule of"
                + " nftables where datagrams arrive. It counts datagrams from the moment it is"
                + " set, so that the n-th it sees is the one with number n.");
  }

  private List<LossyBurst> lossy() {
    return bursts.stream().filter(burst -> burst.dropEvery() > 0).toList();
  }

  @Control(
      value = "the link drops each (n + 1)-th datagram; its ledger balances",
      fails = {"theInjectionTakesPlace", "theMultiplesAreMissing"},
      with = {ONE_TRIAL, EACH_7TH})
  static class OtherLoss extends LinkLossExperiment {
    @Override
    @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
      return super.inject(subscriber, dropEvery == 0 ? 0 : dropEvery + 1);
    }
  }

  /** It may by chance drop as many as it should, but hardly the same ones. */
  @Control(
      value = "the link drops by chance; its ledger balances",
      fails = "theMultiplesAreMissing",
      mayFail = "theInjectionTakesPlace",
      with = {ONE_TRIAL, EACH_7TH})
  static class LossByChance extends LinkLossExperiment {
    @Override
    @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
      return dropEvery == 0 ? null : subscriber.dropPercent(50, Traffic.UDP);
    }
  }

  @Control(
      value = "the fault is not set; the ledger balances",
      fails = {"theInjectionTakesPlace", "theMultiplesAreMissing"},
      with = {ONE_TRIAL, EACH_7TH})
  static class NoInjection extends LinkLossExperiment {
    @Override
    @Nullable LinkFault inject(NetworkHost subscriber, int dropEvery) {
      return null;
    }
  }

  @Control(
      value = "the subscriber hides a datagram",
      fails = {"theMultiplesAreMissing", "theBooksBalance"},
      with = {ONE_TRIAL, EACH_7TH})
  static class HidingSubscriber extends LinkLossExperiment {
    @Override
    Class<?> subscriber() {
      return MutantPrograms.HidesADatagram.class;
    }
  }

  @Control(
      value = "the publisher skips a number",
      fails = {"theMultiplesAreMissing", "theBooksBalance"},
      with = {ONE_TRIAL, EACH_7TH})
  static class SkippingPublisher extends LinkLossExperiment {
    @Override
    Class<?> publisher() {
      return MutantPrograms.SkipsANumber.class;
    }
  }
}

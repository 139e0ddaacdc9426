package dev.socketlab.experiments.stress;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.experiments.stress.Burst.Mode;
import dev.socketlab.experiments.stress.FeedProcesses.Published;
import dev.socketlab.experiments.stress.FeedProcesses.Received;
import dev.socketlab.gate.Os;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresOs;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.probe.UdpTruesize;
import dev.socketlab.subject.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** A burst of UDP datagrams against small, default and large receive buffers. */
@Tag("socket-stress")
@Experiment(
    title = "UDP receive buffers: what a burst loses, and where",
    artifact = "socket_stress_summary",
    shows = {
      "An undersized UDP receive buffer loses datagrams, and each lost one is found again: in the"
          + " drop count of that very socket and in the gaps of the sequence numbers.",
      "A receiver that does not read retains what its buffer holds by the kernel's own accounting,"
          + " predicted to the datagram from a charge that this run has measured.",
      "What was granted is not what was requested: the kernel doubles a request and clamps it."
    },
    doesNotShow = {
      "How much a real network loses: on loopback there is no NIC, no driver, no qdisc, no route.",
      "A rate that a receiver can sustain: in the race, loss depends on how two processes are"
          + " scheduled, and differs from run to run and machine to machine.",
      "The behaviour of other payload sizes: the kernel's charge grows in steps with the payload."
    })
@RequiresOs({Os.LINUX, Os.MAC})
@PrivateNetwork
class SocketStressExperiment implements StressParameters {

  /** Small enough for the least rmem_max that distributions set, large enough to be no accident. */
  private static final int CALIBRATED_DATAGRAMS = 64;

  private static final Duration BURST_AT_MOST = Duration.ofSeconds(60);

  private static final String ONE_TRIAL = "socketlab.stress.trials=1";
  private static final String FEW_ORDERS = "socketlab.stress.orders=500";

  private final List<Burst> bursts = new ArrayList<>();
  private final List<UdpTruesize> charges = new ArrayList<>();

  /** The two programs; controls put mutants in their place. */
  FeedProcesses feed() {
    return new FeedProcesses(SubscriberProcess.class, PublisherProcess.class);
  }

  List<BufferLevel> buffers(Lab lab) {
    return List.of(
        new BufferLevel("small", lab.get(SMALL_BUFFER)),
        new BufferLevel("default", 0),
        new BufferLevel("large", lab.get(LARGE_BUFFER)));
  }

  /** The feed has datagrams of two sizes: trades and tops of book. */
  @BeforeAll
  void calibrate() {
    if (Os.current() == Os.LINUX) {
      charges.add(UdpTruesize.measure(32));
      charges.add(UdpTruesize.measure(38));
    }
  }

  @Trials(parameter = "socketlab.stress.trials")
  @Order(1)
  void stalled(@Factor("buffers") BufferLevel buffer, Trial trial, Lab lab) {
    observe(Mode.STALLED, buffer, Long.MAX_VALUE, trial, lab);
  }

  @Trials(parameter = "socketlab.stress.trials")
  @Order(2)
  void race(@Factor("buffers") BufferLevel buffer, Trial trial, Lab lab) {
    observe(Mode.RACE, buffer, Long.MAX_VALUE, trial, lab);
  }

  List<Integer> burstSizes() {
    return List.of(CALIBRATED_DATAGRAMS, CALIBRATED_DATAGRAMS + 2);
  }

  @Trials(2)
  @Order(3)
  @RequiresLinux
  void calibrated(@Factor("burstSizes") int datagrams, Trial trial, Lab lab) {
    long wantedBytes = CALIBRATED_DATAGRAMS * charge().bytesPerDatagram();
    BufferLevel buffer = new BufferLevel("calibrated", Math.toIntExact((wantedBytes + 1) / 2));
    observe(Mode.STALLED, buffer, datagrams, trial, lab);
  }

  @Mechanism("the ledger balances in every trial: nothing is lost without being counted")
  @Order(1)
  void booksBalance(Lab lab) {
    List<Ledger> ledgers = bursts.stream().map(burst -> burst.ledger().ledger()).toList();
    assertThat(ledgers).allSatisfy(ledger -> assertThat(ledger.imbalances()).isEmpty());
    if (!ledgers.stream().allMatch(Ledger::balances)) {
      throw new Inconclusive("only the gaps balance: this system does not count a socket's drops");
    }
    bursts.forEach(burst -> assertThat(burst.ledger()).balance());
    lab.evidence("%d of %d ledgers balance".formatted(ledgers.size(), ledgers.size()));
  }

  @Mechanism(
      "a stalled receiver retains what its buffer holds, max(1, granted / truesize) within 1")
  @Order(2)
  @RequiresLinux
  void stalledRetention(Lab lab) {
    UdpTruesize charge = charge();
    for (Burst burst : stalledAtLevels()) {
      long predicted = Math.min(burst.published(), charge.retainedBy(burst.grantedBytes()));
      assertThat(burst.received())
          .as("datagrams retained, with %d predicted; %s", predicted, burst.ledger().ledger())
          .isBetween(predicted - 1, predicted + 1);
      if (burst.level().setting().equals("small")) {
        assertThat(burst.ledger()).lostAtLeast(1);
      }
    }
    lab.evidence("truesize " + charge.bytesPerDatagram() + " bytes, measured in this run");
  }

  @Mechanism(
      "a buffer for "
          + CALIBRATED_DATAGRAMS
          + " datagrams loses none of so many, and some of 2 more")
  @Order(3)
  @RequiresLinux
  void calibratedCapacity(Lab lab) {
    List<Burst> calibrated = bursts.stream().filter(SocketStressExperiment::isCalibrated).toList();
    long wantedBytes = CALIBRATED_DATAGRAMS * charge().bytesPerDatagram();
    if (calibrated.stream().anyMatch(burst -> burst.grantedBytes() < wantedBytes)) {
      throw new Inconclusive(
          "the kernel granted less than " + wantedBytes + " bytes; raise net.core.rmem_max");
    }
    for (Burst burst : calibrated) {
      if (burst.published() == CALIBRATED_DATAGRAMS) {
        assertThat(burst.ledger()).lost(0);
      } else {
        assertThat(burst.ledger()).lostAtLeast(1);
      }
    }
    lab.evidence("%d bursts against %d bytes".formatted(calibrated.size(), wantedBytes));
  }

  @Mechanism("stalled, a larger buffer never loses more")
  @Order(4)
  void lossDoesNotGrowWithTheBuffer(Lab lab) {
    List<Burst> stalled = stalledAtLevels();
    if (stalled.stream().mapToLong(Burst::grantedBytes).distinct().count() < 2) {
      throw new Inconclusive("every level was granted the same buffer; raise net.core.rmem_max");
    }
    for (Burst smaller : stalled) {
      for (Burst larger : stalled) {
        if (larger.grantedBytes() > smaller.grantedBytes()) {
          assertThat(larger.lost())
              .as("lost with %d bytes and with %d", larger.grantedBytes(), smaller.grantedBytes())
              .isLessThanOrEqualTo(smaller.lost());
        }
      }
    }
    lab.evidence("%d pairs compared".formatted(stalled.size() * (stalled.size() - 1) / 2));
  }

  @Mechanism("the buffer granted is the one the kernel's rule gives for the request")
  @Order(5)
  @RequiresLinux
  void grantedFollowsTheRule(Lab lab) {
    ReceiveBufferRule rule = ReceiveBufferRule.ofThisSystem();
    for (Burst burst : bursts) {
      int requested = burst.level().requestedBytes();
      assertThat(burst.grantedBytes())
          .as("granted for a request of %d; %s", requested, rule)
          .satisfies(granted -> assertThat(rule.permits(requested, granted)).isTrue());
      if (rule.clamps(requested)) {
        lab.report().note(rule.describeClamp(burst.level().setting(), requested));
      }
    }
    lab.evidence(rule.toString());
  }

  @AfterAll
  void report(Lab lab) {
    StressReport.fill(lab.report(), bursts, charges);
  }

  private void observe(Mode mode, BufferLevel buffer, long datagrams, Trial trial, Lab lab) {
    int port = lab.freePort();
    Subject publisher = feed().publisher(lab, port, datagrams);
    Subject subscriber = feed().subscriber(lab, port, buffer.requestedBytes()).awaitReady();
    publisher.awaitReady();
    SocketWatch watch =
        new SocketWatch(
            port,
            charges.isEmpty() ? 0 : charges.getFirst().bytesPerDatagram(),
            lab.hasPrivateNetwork());
    if (mode == Mode.RACE) {
      subscriber.send("receive");
    }
    publisher.send("go");
    awaitEndOfBurst(publisher, subscriber, watch);
    Published published = FeedProcesses.published(publisher);
    watch.settle(mode, published.datagrams());
    subscriber.failIfItDied();
    subscriber.send("receive");
    subscriber.send(watch.isReadable() ? "stop" : "finish");
    Received received = FeedProcesses.received(subscriber);
    Burst burst = burst(mode, buffer, trial, subscriber, published, received, watch);
    bursts.add(burst);
    trial.result(
        "granted %d, lost %d of %d"
            .formatted(burst.grantedBytes(), burst.lost(), burst.published()));
  }

  private static void awaitEndOfBurst(Subject publisher, Subject subscriber, SocketWatch watch) {
    Awaitility.await("the end of the burst")
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .atMost(TimeOut.scaled(BURST_AT_MOST))
        .until(() -> {
          subscriber.failIfItDied();
          watch.look();
          return !publisher.isAlive();
        });
  }

  private static Burst burst(
      Mode mode,
      BufferLevel buffer,
      Trial trial,
      Subject subscriber,
      Published published,
      Received received,
      SocketWatch watch) {
    long tailLoss = received.tailLoss(published.lastSequence());
    UdpLedger.Builder ledger =
        UdpLedger.titled(trial.toString())
            .published(published.datagrams())
            .received(received.datagrams())
            .gaps(received.interiorGaps(), received.headLoss(), tailLoss);
    watch.enterInto(ledger);
    return new Burst(
        mode,
        buffer,
        trial.number(),
        FeedProcesses.grantedBytes(subscriber),
        published.datagrams(),
        received.datagrams(),
        watch.drops(),
        received.interiorGaps(),
        received.headLoss(),
        tailLoss,
        watch.peakQueuedBytes(),
        ledger.build());
  }

  private List<Burst> stalledAtLevels() {
    return bursts.stream()
        .filter(burst -> burst.mode() == Mode.STALLED && !isCalibrated(burst))
        .toList();
  }

  static boolean isCalibrated(Burst burst) {
    return burst.level().setting().equals("calibrated");
  }

  /** The one charge of both sizes; predictions need it to be one. */
  private UdpTruesize charge() {
    UdpTruesize charge = charges.getFirst();
    if (charges.stream().anyMatch(other -> other.bytesPerDatagram() != charge.bytesPerDatagram())) {
      throw new Inconclusive("the feed's two datagram sizes are charged differently: " + charges);
    }
    return charge;
  }

  /** A broken feed. One burst against the small buffer is enough for most to be noticed. */
  abstract static class BrokenFeed extends SocketStressExperiment {
    private final FeedProcesses broken;

    BrokenFeed(Class<?> subscriberMain, Class<?> publisherMain) {
      broken = new FeedProcesses(subscriberMain, publisherMain);
    }

    @Override
    FeedProcesses feed() {
      return broken;
    }

    @Override
    List<BufferLevel> buffers(Lab lab) {
      return List.of(super.buffers(lab).getFirst());
    }

    @Override
    List<Integer> burstSizes() {
      return List.of(super.burstSizes().getLast());
    }
  }

  @Control(
      value = "the subscriber hides a datagram",
      fails = "booksBalance",
      trials = "stalled",
      with = {ONE_TRIAL, FEW_ORDERS})
  static class HidingSubscriber extends BrokenFeed {
    HidingSubscriber() {
      super(MutantFeed.HidesADatagram.class, PublisherProcess.class);
    }
  }

  @Control(
      value = "the publisher claims a datagram more than it sent",
      fails = "booksBalance",
      trials = "stalled",
      with = {ONE_TRIAL, FEW_ORDERS})
  static class ClaimingPublisher extends BrokenFeed {
    ClaimingPublisher() {
      super(SubscriberProcess.class, MutantFeed.ClaimsOneMore.class);
    }
  }

  @Control(
      value = "the publisher skips a sequence number",
      fails = "booksBalance",
      trials = "stalled",
      with = {ONE_TRIAL, FEW_ORDERS})
  static class SkippingPublisher extends BrokenFeed {
    SkippingPublisher() {
      super(SubscriberProcess.class, MutantFeed.SkipsANumber.class);
    }
  }

  @Control(
      value = "the subscriber does not apply the buffer, and claims that it did",
      fails = {"stalledRetention", "calibratedCapacity"},
      trials = {"stalled", "calibrated"},
      with = {ONE_TRIAL, FEW_ORDERS})
  static class UnappliedBuffer extends BrokenFeed {
    UnappliedBuffer() {
      super(MutantFeed.DoesNotApplyTheBuffer.class, PublisherProcess.class);
    }
  }

  /** Where the system's default holds the whole burst, the small buffer loses nothing either. */
  @Control(
      value = "the subscriber ignores the request, and says so",
      fails = "grantedFollowsTheRule",
      mayFail = "stalledRetention",
      trials = "stalled",
      with = {ONE_TRIAL, FEW_ORDERS})
  static class IgnoredRequest extends BrokenFeed {
    IgnoredRequest() {
      super(MutantFeed.IgnoresTheRequest.class, PublisherProcess.class);
    }
  }

  /** The kernel may well clamp what it claims, and then the claim is found, too. */
  @Control(
      value = "the subscriber applies a tiny buffer for a large request, and claims the large one",
      fails = {"stalledRetention", "lossDoesNotGrowWithTheBuffer"},
      mayFail = "grantedFollowsTheRule",
      trials = "stalled",
      with = {ONE_TRIAL, "socketlab.stress.orders=2000"})
  static class ShrunkBuffer extends BrokenFeed {
    ShrunkBuffer() {
      super(MutantFeed.ShrinksTheLargeBuffer.class, PublisherProcess.class);
    }

    @Override
    List<BufferLevel> buffers(Lab lab) {
      return List.of(
          new BufferLevel("default", 0), new BufferLevel("large", lab.get(LARGE_BUFFER)));
    }
  }

  @Control(
      value = "the subscriber dies during the burst",
      fails = {},
      invalidates = "exit code 42",
      trials = "stalled",
      with = {ONE_TRIAL, "socketlab.stress.orders=10000000"})
  static class DyingSubscriber extends BrokenFeed {
    DyingSubscriber() {
      super(MutantFeed.DiesDuringTheBurst.class, PublisherProcess.class);
    }
  }
}

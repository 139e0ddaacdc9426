package dev.socketlab.experiments.laws;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.informational;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.probe.Sysctl;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/** The law of the accept queue: it holds backlog + 1, and every SYN too many is counted. */
@Tag("socket-laws")
@Experiment(
    title = "The accept queue: what it holds, and what the kernel counts when it is full",
    artifact = "socket_laws_accept_queue",
    shows = {
      "A listener that does not accept holds backlog + 1 established connections, the backlog"
          + " clamped by net.core.somaxconn.",
      "Each SYN that finds the queue full, a repeated one too, is one ListenOverflows and one"
          + " ListenDrops; the client gets no answer and waits."
    },
    doesNotShow = {
      "The queue of unfinished handshakes, or SYN cookies: on loopback a handshake ends at once.",
      "What a server with net.ipv4.tcp_abort_on_overflow = 1 answers.",
      "How fast a server must accept under a real load."
    })
@RequiresLinux
@PrivateNetwork(required = true)
class AcceptQueueExperiment implements AcceptQueueParameters {

  private static final String ONE_TRIAL = "socketlab.accept-queue.trials=1";
  private static final String BACKLOG_9 = "socketlab.accept-queue.backlogs=9";
  private static final String CLAMPED_TO_4 = "socketlab.accept-queue.somaxconn=4";
  private static final String ONE_TOO_MANY = "socketlab.accept-queue.surplus=1";

  private static final Path SOMAXCONN_FILE = Path.of("/proc/sys/net/core/somaxconn");

  private final List<AcceptQueue> queues = new ArrayList<>();
  private final List<AcceptQueue> retries = new ArrayList<>();
  private long somaxconn;

  /** The program under observation; controls put mutants in its place. */
  Class<?> listener() {
    return Listener.class;
  }

  /** Whether a SYN can be waited for to be repeated. */
  boolean awaitsRetries() {
    return true;
  }

  /** Called before one connects that finds no place; a control waits for its mutant. */
  void whenFull(AcceptQueueDriver driver) {}

  List<Integer> backlogs(Lab lab) {
    return lab.get(BACKLOGS);
  }

  /**
   * The setting belongs to the network, so the host's is left alone. In a container the file may be
   * read-only; then the queue is as long as it is.
   */
  @BeforeAll
  void clamp(Lab lab) {
    try {
      Files.writeString(SOMAXCONN_FILE, lab.get(SOMAXCONN).toString());
      lab.report()
          .note("net.core.somaxconn is %d in this network only".formatted(lab.get(SOMAXCONN)));
    } catch (IOException e) {
      lab.report().note("net.core.somaxconn could not be set: " + e.getMessage());
    }
    somaxconn = Sysctl.number("net.core.somaxconn");
  }

  @Trials(parameter = "socketlab.accept-queue.trials")
  @Order(1)
  void fill(@Factor("backlogs") int backlog, Trial trial, Lab lab) throws IOException {
    queues.add(observe(backlog, false, trial, lab));
  }

  /** One level is enough: it takes the second after which a SYN is repeated. */
  @Trials(1)
  @Order(2)
  void retry(Trial trial, Lab lab) throws IOException {
    retries.add(observe(lab.get(BACKLOGS).getFirst(), awaitsRetries(), trial, lab));
  }

  @Mechanism("a listener that does not accept holds backlog + 1 connections")
  @Order(1)
  void holdsBacklogPlusOne(Lab lab) {
    assertThat(all())
        .allSatisfy(queue -> {
          assertThat(queue.figure("waiting")).as("%s", queue.ledger()).isEqualTo(capacity(queue));
          assertThat(queue.figure("PassiveOpens"))
              .as("%s", queue.ledger())
              .isEqualTo(capacity(queue));
        });
    lab.evidence("backlogs " + lab.get(BACKLOGS));
  }

  @Mechanism("each SYN that finds the queue full is one overflow and one drop")
  @Order(2)
  void eachSurplusSynIsCounted(Lab lab) {
    assertThat(all()).allSatisfy(queue -> assertThat(queue.ledger()).balances());
    lab.evidence("%d of %d ledgers balance".formatted(all().size(), all().size()));
  }

  @Mechanism("a SYN that is repeated is counted again")
  @Order(3)
  void aRepeatedSynIsCountedAgain(Lab lab) {
    assertThat(retries)
        .allSatisfy(queue ->
            assertThat(queue.figure("ListenOverflows"))
                .as("%s", queue.ledger())
                .isGreaterThanOrEqualTo(2 * queue.figure("surplus")));
    lab.evidence(
        "%d SYNs repeated"
            .formatted(retries.stream().mapToLong(queue -> queue.figure("TCPSynRetrans")).sum()));
  }

  @Mechanism("net.core.somaxconn clamps the backlog")
  @Order(4)
  void somaxconnClamps(Lab lab) {
    List<AcceptQueue> clamped =
        queues.stream().filter(queue -> queue.backlog() > somaxconn).toList();
    if (clamped.isEmpty()) {
      throw new Inconclusive("no backlog is larger than " + somaxconn);
    }
    assertThat(clamped)
        .allSatisfy(queue ->
            assertThat(queue.figure("waiting")).as("%s", queue.ledger()).isEqualTo(somaxconn + 1));
    lab.evidence("%d asked, %d granted".formatted(clamped.getFirst().backlog(), somaxconn));
  }

  @AfterAll
  void report(Lab lab) {
    Table.Builder table =
        Table.named(
            "A listener that does not accept",
            key("backlog").meaning("as the listener asked"),
            key("trial"),
            key("observed").meaning("at once, or when SYNs had been repeated"),
            exact("capacity").in("connections").meaning("min(backlog, somaxconn) + 1"),
            exact("waiting").in("connections").meaning("in the accept queue, net/tcp"),
            exact("surplus").in("connections").meaning("attempted beyond the capacity"),
            informational("SYNs repeated"),
            informational("ListenOverflows"),
            informational("ListenDrops"));
    queues.forEach(queue -> row(table, queue, "at once"));
    retries.forEach(queue -> row(table, queue, "later"));
    lab.report()
        .table(table)
        .howToRead(
            "ListenOverflows = surplus + SYNs repeated, at whatever moment one looks: the kernel"
                + " repeats a SYN that got no answer after a second, and the queue is still full."
                + " The last row waits for that. So these counts may differ from run to run, and are"
                + " not compared; what the queue holds may not.");
  }

  private static void row(Table.Builder table, AcceptQueue queue, String observed) {
    table.row(
        queue.backlog(),
        queue.trial(),
        observed,
        queue.figure("capacity"),
        queue.figure("waiting"),
        queue.figure("surplus"),
        queue.figure("TCPSynRetrans"),
        queue.figure("ListenOverflows"),
        queue.figure("ListenDrops"));
  }

  private AcceptQueue observe(int backlog, boolean awaitRetries, Trial trial, Lab lab)
      throws IOException {
    int effective = (int) Math.min(backlog, somaxconn);
    Subject listener =
        lab.java(listener(), "{port}", Integer.toString(backlog))
            .named("listener")
            .jvmFlags("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
            .start();
    try (AcceptQueueDriver driver = new AcceptQueueDriver(listener.address())) {
      driver.fill(effective + 1);
      whenFull(driver);
      driver.overflow(lab.get(SURPLUS));
      if (awaitRetries) {
        driver.awaitRetries();
      }
      Ledger ledger = driver.ledger("backlog " + backlog + ", " + trial, effective);
      AcceptQueue queue = new AcceptQueue(backlog, trial.number(), ledger);
      trial.result(
          "%d wait, %d overflows"
              .formatted(queue.figure("waiting"), queue.figure("ListenOverflows")));
      return queue;
    }
  }

  private List<AcceptQueue> all() {
    List<AcceptQueue> all = new ArrayList<>(queues);
    all.addAll(retries);
    return all;
  }

  private static long capacity(AcceptQueue queue) {
    return queue.figure("capacity");
  }

  @Control(
      value = "the listener accepts",
      fails = {
        "holdsBacklogPlusOne",
        "eachSurplusSynIsCounted",
        "aRepeatedSynIsCountedAgain",
        "somaxconnClamps"
      },
      with = {ONE_TRIAL, BACKLOG_9, CLAMPED_TO_4, ONE_TOO_MANY})
  static class Accepting extends AcceptQueueExperiment {
    @Override
    Class<?> listener() {
      return MutantPrograms.Accepts.class;
    }

    /** On a busy machine it might not have come to accept anything. */
    @Override
    void whenFull(AcceptQueueDriver driver) {
      driver.awaitEmptyQueue();
    }

    /** There is no SYN to be repeated, so there is nothing to wait for. */
    @Override
    boolean awaitsRetries() {
      return false;
    }
  }

  @Control(
      value = "the listener asks for a smaller backlog than it was told",
      fails = {"holdsBacklogPlusOne", "eachSurplusSynIsCounted", "somaxconnClamps"},
      trials = "fill",
      with = {ONE_TRIAL, BACKLOG_9, CLAMPED_TO_4, ONE_TOO_MANY})
  static class Shrunk extends AcceptQueueExperiment {
    @Override
    Class<?> listener() {
      return MutantPrograms.AsksForLess.class;
    }
  }
}

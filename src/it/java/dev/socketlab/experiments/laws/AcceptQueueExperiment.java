package dev.socketlab.experiments.laws;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trial;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.Subject;
import dev.socketlab.probe.Ledger;
import dev.socketlab.probe.Sysctl;
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

  private static final Path SOMAXCONN_FILE = Path.of("/proc/sys/net/core/somaxconn");

  private final List<AcceptQueue> queues = new ArrayList<>();
  private final List<AcceptQueue> retries = new ArrayList<>();
  private long somaxconn;

  /** The program under observation; controls put saboteurs in its place. */
  Class<?> listener() {
    return Listener.class;
  }

  /** Whether a SYN can be waited for to be repeated. */
  boolean awaitsRetries() {
    return true;
  }

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
          assertThat(queue.figure("waiting")).as("%s", queue.books()).isEqualTo(capacity(queue));
          assertThat(queue.figure("PassiveOpens"))
              .as("%s", queue.books())
              .isEqualTo(capacity(queue));
        });
    lab.evidence("backlogs " + lab.get(BACKLOGS));
  }

  @Mechanism("each SYN that finds the queue full is one overflow and one drop")
  @Order(2)
  void eachSurplusSynIsCounted(Lab lab) {
    assertThat(all()).allSatisfy(queue -> assertThat(queue.books()).balances());
    lab.evidence("%d of %d ledgers balance".formatted(all().size(), all().size()));
  }

  @Mechanism("a SYN that is repeated is counted again")
  @Order(3)
  void aRepeatedSynIsCountedAgain(Lab lab) {
    assertThat(retries)
        .allSatisfy(queue ->
            assertThat(queue.figure("ListenOverflows"))
                .as("%s", queue.books())
                .isGreaterThanOrEqualTo(2 * queue.figure("surplus")));
    lab.evidence("%d SYNs repeated".formatted(retries.getFirst().figure("TCPSynRetrans")));
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
            assertThat(queue.figure("waiting")).as("%s", queue.books()).isEqualTo(somaxconn + 1));
    lab.evidence("%d asked, %d granted".formatted(clamped.getFirst().backlog(), somaxconn));
  }

  @AfterAll
  void report(Lab lab) {
    Table table =
        Table.named("A listener that does not accept")
            .column("backlog", "", "as the listener asked")
            .column("trial")
            .column("capacity", "connections", "min(backlog, somaxconn) + 1")
            .column("waiting", "connections", "in the accept queue, net/tcp")
            .column("surplus", "connections", "attempted beyond the capacity")
            .column("SYNs repeated")
            .column("ListenOverflows")
            .column("ListenDrops");
    for (AcceptQueue queue : all()) {
      table =
          table.row(
              queue.backlog(),
              queue.trial(),
              queue.figure("capacity"),
              queue.figure("waiting"),
              queue.figure("surplus"),
              queue.figure("TCPSynRetrans"),
              queue.figure("ListenOverflows"),
              queue.figure("ListenDrops"));
    }
    lab.report()
        .table(table)
        .howToRead(
            "ListenOverflows = surplus + SYNs repeated, at whatever moment one looks: the kernel"
                + " repeats a SYN that got no answer after a second, and the queue is still full."
                + " The last row waits for that.");
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
      driver.overflow(lab.get(SURPLUS));
      if (awaitRetries) {
        driver.awaitRetries();
      }
      Ledger books = driver.books("backlog " + backlog + ", " + trial, effective);
      AcceptQueue queue = new AcceptQueue(backlog, trial.number(), books);
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
}

package dev.socketlab.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.script.FaultyServer.Fault;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.testkit.PrivateNetworks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each fault of a server is found by the endings that show it and not by another, and an honest
 * server is clean after each.
 */
@Tag("isolation")
class EndingIT {

  private @TempDir Path folder;
  private PrivateNetworkThread network;
  private final List<Subject> subjects = new ArrayList<>();

  @BeforeEach
  void openNetwork() {
    network = PrivateNetworks.openOrSkip();
  }

  @AfterEach
  void closeAll() {
    subjects.forEach(Subject::close);
    if (network != null) {
      network.close();
    }
  }

  private Subject server(Fault fault) {
    return SubjectBuilder.java(
            folder, subjects::add, FaultyServer.class, List.of("{port}", fault.name()))
        .stopWithin(fault == Fault.DOES_NOT_STOP ? Duration.ofMillis(500) : Duration.ofSeconds(10))
        .start();
  }

  @Tag("soak")
  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultIsShownByTheseEndings(Fault fault) throws Throwable {
    Map<Ending, List<String>> found =
        network.call(() -> {
          Map<Ending, List<String>> faults = new EnumMap<>(Ending.class);
          Subject server = server(fault);
          for (Ending ending : tried(fault)) {
            try (Script script = Script.of(true, server::whereItStands)) {
              script.within(Duration.ofSeconds(4)); // 20 looks before what stays is a fault
              List<String> left = ending.play(script, server, FaultyServer.Ping::new, 3).faults();
              if (!left.isEmpty()) {
                faults.put(ending, left);
              }
              if (!left.isEmpty() || fault == Fault.SPINS_AT_THE_END) {
                server.close();
                server = server(fault); // what an ending has left behind is not the next one's
              }
            }
          }
          return faults;
        });
    assertThat(found).containsOnlyKeys(shows(fault));
  }

  /** All with the honest server; with a fault those that show it, and one that does not. */
  private static Set<Ending> tried(Fault fault) {
    if (fault == Fault.NONE) {
      return EnumSet.allOf(Ending.class);
    }
    Set<Ending> endings = EnumSet.copyOf(List.of(shows(fault)));
    endings.add(
        endings.contains(Ending.CLOSE_AFTER_REPLY)
            ? Ending.CLOSE_WITH_UNREAD_REPLY
            : Ending.CLOSE_AFTER_REPLY);
    return endings;
  }

  private static Ending[] shows(Fault fault) {
    return switch (fault) {
      case NONE -> new Ending[0];
      case SPINS_AT_THE_END ->
          new Ending[] {Ending.CLOSE_AFTER_REPLY, Ending.HALF_CLOSE_AFTER_REQUEST};
      case LEAVES_CLOSE_WAIT -> new Ending[] {Ending.CLOSE_MID_REQUEST};
      case LEAKS_DESCRIPTORS ->
          // And RESET_AFTER_REQUEST and RESET_MID_REPLY, as long to look at as these.
          new Ending[] {Ending.RESET_MID_REQUEST, Ending.CLOSE_WITH_UNREAD_REPLY};
      case LEAKS_THREADS -> new Ending[] {Ending.RESET_BEFORE_REQUEST};
      case RESETS_SILENT_CLIENTS -> new Ending[] {Ending.SILENCE_THEN_CLOSE};
      case DOES_NOT_STOP -> new Ending[] {Ending.SUBJECT_STOPS};
    };
  }
}

package dev.socketlab.experiment;

import dev.socketlab.gate.GateFinding;
import dev.socketlab.gate.Os;
import dev.socketlab.gate.internal.GateCheck;
import dev.socketlab.gate.internal.GateLedger;
import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.internal.os.OwnThread;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.network.TwoHosts;
import dev.socketlab.network.internal.PrivateNetworkThread;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * The network that an experiment runs in.
 *
 * @param thread runs its methods
 * @param here the host that its methods run on; null on the machine's own network
 * @param hosts the two hosts of a link; null with one host or none
 */
record ExperimentNetwork(OwnThread thread, @Nullable NetworkHost here, @Nullable TwoHosts hosts) {

  private static ExperimentNetwork ofTheHost() {
    return new ExperimentNetwork(new OwnThread("experiment"), null, null);
  }

  static Optional<PrivateNetwork> wanted(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, PrivateNetwork.class);
  }

  static ExperimentNetwork open(
      ExtensionContext context, Class<?> type, String name, Parameters parameters) {
    Optional<PrivateNetwork> wanted = wanted(type);
    if (wanted.isEmpty()) {
      return ofTheHost();
    }
    int hosts = wanted.get().hosts();
    if (hosts != 1 && hosts != 2) {
      throw new ExtensionConfigurationException(
          "@PrivateNetwork on " + type.getSimpleName() + ": `hosts` = " + hosts + "; give 1 or 2");
    }
    boolean required = wanted.get().required() || hosts == 2;
    Place place = parameters.get(Place.PARAMETER);
    GateLedger gates = GateLedger.of(context);
    if (place == Place.HOST) {
      if (required) {
        GateCheck check =
            gates.enter(
                context,
                type,
                name,
                "place",
                GateFinding.closed("needs a private network, socketlab.place = host"));
        requireOpen(name, check);
      }
      return ofTheHost();
    }
    GateCheck check =
        hosts == 1
            ? gates.check(context, type, name, "netns", ExperimentNetwork::detectOne)
            : gates.check(context, type, name, "veth", ExperimentNetwork::detectTwo);
    check.failIfDemanded();
    if (check.finding().open()) {
      return hosts == 1 ? one() : two();
    }
    if (place == Place.PRIVATE) {
      check.failIfClosed("socketlab.place = private");
    }
    if (required) {
      requireOpen(name, check);
    }
    return ofTheHost();
  }

  /** Skips the experiment where the gate is closed, or fails it where the gate is demanded. */
  static void requireOpen(String name, GateCheck check) {
    check.failIfDemanded();
    if (!check.finding().open()) {
      System.out.println("SKIPPED " + name + ": " + check.describe());
      throw new TestAbortedException(check.describe());
    }
  }

  private static ExperimentNetwork one() {
    PrivateNetworkThread own = PrivateNetworkThread.open();
    return new ExperimentNetwork(own.thread(), NetworkHost.alone(own), null);
  }

  private static ExperimentNetwork two() {
    TwoHosts hosts = TwoHosts.open();
    return new ExperimentNetwork(hosts.thread().thread(), hosts.here(), hosts);
  }

  private static GateFinding detectOne() {
    return detect(PrivateNetworkThread::open, "a private network can be made");
  }

  private static GateFinding detectTwo() {
    return detect(TwoHosts::open, "two private networks can be joined");
  }

  static GateFinding detect(Supplier<? extends AutoCloseable> attempt, String success) {
    if (Os.current() != Os.LINUX) {
      return GateFinding.closed("network namespaces need Linux, this is " + OperatingSystem.name());
    }
    try (AutoCloseable _ = attempt.get()) {
      return GateFinding.open(success);
    } catch (NetworkRefusedException refusal) {
      return GateFinding.closed(String.valueOf(refusal.getMessage()));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("a private network cannot be closed", failure);
    }
  }

  boolean isPrivate() {
    return here != null;
  }

  /** The hosts whose settings and links are the experiment's own. */
  List<NetworkHost> ownHosts() {
    if (hosts != null) {
      return List.of(hosts.here(), hosts.peer());
    }
    return here == null ? List.of() : List.of(here);
  }

  /** For the provenance of an artifact: whose network it is, and what was changed in it. */
  String describe() {
    String whose =
        hosts != null
            ? "two own namespaces, joined by a veth pair"
            : isPrivate() ? "own namespace" : "the host's loopback";
    List<String> changes =
        ownHosts().stream().flatMap(host -> host.changes().names().stream()).toList();
    return changes.isEmpty()
        ? whose
        : whose + "; changed: " + changes.stream().distinct().collect(Collectors.joining("; "));
  }

  void close() {
    if (hosts != null) {
      hosts.close();
    } else {
      thread.close();
    }
  }
}

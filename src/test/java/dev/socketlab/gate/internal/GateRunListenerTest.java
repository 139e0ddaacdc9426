package dev.socketlab.gate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.socketlab.gate.Os;
import dev.socketlab.gate.RequiresOs;
import java.util.Map;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run that did nothing, or not what was demanded, must not pass. */
@Isolated("it changes what this JVM prints and its properties")
class GateRunListenerTest {

  private static final String REFUSE_EMPTY = "socketlab.refuse-empty-run";

  static class PlainCase {
    @Test
    void passes() {}
  }

  static class DisabledCase {
    @Test
    @Disabled("for a reason")
    void isSkipped() {}
  }

  @RequiresOs({Os.LINUX, Os.MAC, Os.WINDOWS, Os.OTHER})
  static class GatedCase {
    @Test
    void passes() {}
  }

  static class EmptyCase {}

  @Test
  void aDemandedGateThatNoExperimentHasFailsTheRunWhereverItIsDemanded() {
    assertThatThrownBy(() ->
            run(GatedCase.class, Map.of(REFUSE_EMPTY, "true", "socketlab.require", "os,moon")))
        .hasMessage(
            "socketlab.require names [moon], but no experiment in this run has such a gate;"
                + " gates checked: [os]");
    assertThatCode(
            () -> run(GatedCase.class, Map.of(REFUSE_EMPTY, "true", "socketlab.require", "os")))
        .doesNotThrowAnyException();
  }

  @Test
  void anEmptyRunFailsWhereThatIsRefused() {
    assertThatThrownBy(() -> run(EmptyCase.class, Map.of(REFUSE_EMPTY, "true")))
        .hasMessageStartingWith("nothing was selected: groups=");
    assertThatCode(() -> run(EmptyCase.class, Map.of())).doesNotThrowAnyException();
    assertThatCode(() -> run(PlainCase.class, Map.of(REFUSE_EMPTY, "true")))
        .doesNotThrowAnyException();
    assertThatCode(() -> run(DisabledCase.class, Map.of(REFUSE_EMPTY, "true")))
        .doesNotThrowAnyException();
  }

  @Test
  void toListTestsIsNoRun() {
    System.setProperty(REFUSE_EMPTY, "true");
    try (LauncherSession session = session()) {
      assertThat(session.getLauncher().discover(request(PlainCase.class, Map.of())).containsTests())
          .isTrue();
    } finally {
      System.clearProperty(REFUSE_EMPTY);
    }
  }

  private static void run(Class<?> fixture, Map<String, String> configuration) {
    try (LauncherSession session = session()) {
      session.getLauncher().execute(request(fixture, configuration));
    }
  }

  private static LauncherSession session() {
    return LauncherFactory.openSession(
        LauncherConfig.builder()
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .addLauncherSessionListeners(new GateRunListener())
            .build());
  }

  private static LauncherDiscoveryRequest request(
      Class<?> fixture, Map<String, String> configuration) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(fixture))
        .configurationParameter("socketlab.require", "") // what this build demands is not meant
        .configurationParameters(configuration)
        .build();
  }
}

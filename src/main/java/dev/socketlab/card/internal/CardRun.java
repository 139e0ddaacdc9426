package dev.socketlab.card.internal;

import dev.socketlab.artifact.Artifact;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Makes a card outside of a build: runs its class as a build would, through JUnit's launcher. */
public final class CardRun {

  private CardRun() {}

  /**
   * Makes a card.
   *
   * @param order of what
   * @param asked the words of the command, for the artifact
   * @param folder where text and JSON go, and what the servers print
   * @param progress is told each verdict as it comes
   * @return the card
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if there is none; the message says why
   */
  public static Artifact make(CardOrder order, String asked, Path folder, PrintStream progress)
      throws IOException {
    Files.createDirectories(folder);
    Path json = folder.resolve(CommandCard.NAME.replace('-', '_') + ".json");
    Files.deleteIfExists(json);
    CommandCard.of(order);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(CommandCard.class))
            .configurationParameter("socketlab.results", folder.toString())
            .configurationParameter("socketlab.output", folder.resolve("evidence").toString())
            .configurationParameter("socketlab.command", asked)
            .build();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    PrintStream out = System.out;
    try {
      System.setOut(progress); // standard output is the card's
      LauncherFactory.create().execute(request, summary, new LawProgress(progress));
    } finally {
      System.setOut(out);
    }
    if (!Files.exists(json)) {
      throw new IllegalArgumentException("there is no card:\n" + reasons(summary.getSummary()));
    }
    return Artifact.fromJson(Files.readString(json));
  }

  private static String reasons(TestExecutionSummary summary) {
    StringBuilder reasons = new StringBuilder();
    summary.getFailures().stream()
        .filter(failure -> !failure.getTestIdentifier().isTest())
        .forEach(failure -> reasons.append("  ").append(failure.getException()).append('\n'));
    return reasons.isEmpty() ? "  nothing was run; the lines above say why" : reasons.toString();
  }
}

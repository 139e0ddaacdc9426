package dev.socketlab.card;

import dev.socketlab.artifact.Column;
import dev.socketlab.artifact.Table;
import dev.socketlab.card.internal.Examination;
import dev.socketlab.card.internal.Judgement;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanisms;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.script.ScriptException;
import dev.socketlab.subject.SubjectException;
import dev.socketlab.subject.SubjectPlan;
import dev.socketlab.trace.TraceException;
import java.io.File;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.AfterAll;

/**
 * The Socket Report Card of a server: an experiment that tries each {@link Law} on it. A law is a
 * test of its own; what came out of all of them is one artifact. Extend it, and say how the server
 * is started and what it is asked.
 *
 * {@snippet :
 * @Tag("shop-card")
 * class ShopCard extends SocketCard {
 *
 *   @Override
 *   protected SubjectPlan server(Lab lab) {
 *     return lab.java(ShopMain.class, "{port}");
 *   }
 *
 *   @Override
 *   protected Operation operation() {
 *     return Operation.http("GET", "/health");
 *   }
 * }
 * }
 *
 * <p>Each law starts a server of its own, so that none sees what another has done to it. A law that
 * is broken is a failed test, unless it is {@linkplain Accept accepted}; one that cannot be judged
 * is INCONCLUSIVE, with the reason.
 */
@API(status = Status.EXPERIMENTAL, since = "0.2")
@Experiment(
    title = "Socket Report Card",
    shows = "whether the server keeps to laws of the boundary to the kernel, by what that counts",
    doesNotShow = "how fast the server is, and whether its replies are right")
@PrivateNetwork
@RequiresLinux
public abstract class SocketCard {

  private final Table.Builder figures =
      Table.named(
          "Figures",
          Column.key("law"),
          Column.key("figure"),
          Column.exact("count").meaning("the same in each run of the same server"));

  /** For the class that says which server. */
  protected SocketCard() {}

  /**
   * Describes the server, and does not start it.
   *
   * @param lab makes the description
   * @return for instance {@code lab.command("redis-server", "--port", "{port}")}
   */
  protected abstract SubjectPlan server(Lab lab);

  /**
   * What the server is asked again and again.
   *
   * @return an operation that leaves the server as it was
   */
  protected abstract Operation operation();

  /**
   * Which laws are tried.
   *
   * @return all of them, unless this is overridden
   */
  protected Collection<Law> laws() {
    return List.of(Law.values());
  }

  /**
   * Which laws the server may break, and why.
   *
   * @return a reason for each, from the {@link Accept} annotations of the class unless this is
   *     overridden
   * @throws IllegalStateException if a law is accepted twice
   */
  protected Map<Law, String> accepted() {
    Map<Law, String> accepted = new EnumMap<>(Law.class);
    for (Accept accept : getClass().getAnnotationsByType(Accept.class)) {
      if (accepted.put(accept.law(), accept.because()) != null) {
        throw new IllegalStateException(
            getClass().getName() + " has two @Accept of " + accept.law().id() + ": delete one");
      }
    }
    return accepted;
  }

  /**
   * How long a law waits for what a server that works does at once. It passes only where a law is
   * broken, and makes such a card longer.
   *
   * @return 5 seconds, unless this is overridden; a slow machine is given more
   */
  protected Duration patience() {
    return Duration.ofSeconds(5);
  }

  /**
   * Tries a law; JUnit calls this for each of them.
   *
   * @param law the law
   * @param lab the lab
   */
  @Mechanisms("laws")
  public final void law(Law law, Lab lab) {
    Judgement found = judge(law, lab);
    found.figures().forEach((figure, value) -> figures.row(law.id(), figure, value));
    Optional<String> accepted = Optional.ofNullable(accepted().get(law));
    String words = law.had() + ": " + publishable(found.words(), lab);
    switch (found.verdict()) {
      case FAILED -> {
        if (accepted.isEmpty()) {
          throw new AssertionError(words);
        }
        lab.note("accepted because " + accepted.get() + ". " + words);
      }
      case NOTE -> lab.note(words);
      default -> {
        if (accepted.isPresent()) {
          throw new AssertionError(
              "it holds, so do not accept it any more because \"%s\". %s"
                  .formatted(accepted.get(), words));
        }
        lab.evidence(words);
      }
    }
  }

  private Judgement judge(Law law, Lab lab) {
    Examination examination = new Examination(lab, () -> server(lab), operation(), patience());
    try {
      return law.judge(examination);
    } catch (Inconclusive reason) {
      throw new Inconclusive(publishable(String.valueOf(reason.getMessage()), lab));
    } catch (ScriptException
        | SubjectException
        | TraceException
        | ProbeException
        | NetworkRefusedException failure) {
      throw new Inconclusive("could not be judged: " + publishable(firstLine(failure), lab));
    } finally {
      examination.end();
    }
  }

  /** A message may name a file of this machine, and an artifact may not. */
  private static String publishable(String words, Lab lab) {
    return words.replace(lab.outputFolder().toAbsolutePath() + File.separator, "");
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("; where the subjects stand:$", "");
  }

  /**
   * Reports what was counted; JUnit calls this in the end.
   *
   * @param lab the lab
   */
  @AfterAll
  public final void report(Lab lab) {
    lab.report()
        .table(figures)
        .howToRead(
            "Each law has a page, docs/laws/ID.md: what is done, what is counted, what that means"
                + " for users, and what mends it. EXACT: a count that is the same each time. READ: a"
                + " value that was read from the kernel. BOUND: a count that the broken case exceeds"
                + " by orders of magnitude. SAMPLED: some looks.");
  }
}

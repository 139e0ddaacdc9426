package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collect an {@link Artifact} piece by piece, in the order in which a run learns of them. Not safe
 * for use by several threads.
 *
 * {@snippet :
 * Artifact artifact =
 *     Artifact.named("redis_get")
 *         .experiment("redis-get")
 *         .title("GET: its system calls")
 *         .provenance(ProvenanceCapture.capture())
 *         .mechanism(MechanismVerdict.holds(1, "one read for each request", "1,000 of 1,000"))
 *         .build();
 * }
 */
public final class ArtifactBuilder {
  private final String name;
  private @Nullable String experiment;
  private @Nullable String title;
  private @Nullable String command;
  private @Nullable Instant date;
  private @Nullable Provenance provenance;
  private final List<MechanismVerdict> mechanisms = new ArrayList<>();
  private final List<Table> tables = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private final List<String> howToRead = new ArrayList<>();
  private final List<String> shows = new ArrayList<>();
  private final List<String> doesNotShow = new ArrayList<>();
  private final List<String> invalidTrials = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Artifact.ParameterLine> parameters = new ArrayList<>();
  private final List<Artifact.GateLine> gates = new ArrayList<>();

  public ArtifactBuilder(String name) {
    this.name = name;
  }

  /**
   * Set the tag of the experiment.
   *
   * @param tag the experiment's tag
   * @return this builder
   */
  public ArtifactBuilder experiment(String tag) {
    experiment = tag;
    return this;
  }

  /**
   * Set what the experiment is about, as one line.
   *
   * @param line one line
   * @return this builder
   */
  public ArtifactBuilder title(String line) {
    title = line;
    return this;
  }

  /**
   * Set the command that reproduces the run.
   *
   * @param line one line
   * @return this builder
   */
  public ArtifactBuilder command(String line) {
    command = line;
    return this;
  }

  /**
   * Set when the run started.
   *
   * @param start the start of the run
   * @return this builder
   */
  public ArtifactBuilder date(Instant start) {
    date = start;
    return this;
  }

  /**
   * Set where the run takes place and what it was built from.
   *
   * @param captured what was captured before the run
   * @return this builder
   */
  public ArtifactBuilder provenance(Provenance captured) {
    provenance = captured;
    return this;
  }

  /**
   * Add a mechanism and what the run found out about it.
   *
   * @param mechanism the mechanism
   * @return this builder
   */
  public ArtifactBuilder mechanism(MechanismVerdict mechanism) {
    mechanisms.add(mechanism);
    return this;
  }

  /**
   * Add several mechanisms.
   *
   * @param several any number of them
   * @return this builder
   */
  public ArtifactBuilder mechanisms(Collection<MechanismVerdict> several) {
    mechanisms.addAll(several);
    return this;
  }

  /**
   * Add a table of results.
   *
   * @param table the table
   * @return this builder
   */
  public ArtifactBuilder table(Table table) {
    tables.add(table);
    return this;
  }

  /**
   * Add a plot of a table.
   *
   * @param plot the plot
   * @return this builder
   */
  public ArtifactBuilder plot(Plot plot) {
    plots.add(plot);
    return this;
  }

  /**
   * Add a paragraph on how to read the results.
   *
   * @param paragraph one paragraph
   * @return this builder
   */
  public ArtifactBuilder howToRead(String paragraph) {
    howToRead.add(Require.text(paragraph, "a paragraph on how to read"));
    return this;
  }

  /**
   * Add something that the results show.
   *
   * @param statement one sentence
   * @return this builder
   */
  public ArtifactBuilder shows(String statement) {
    shows.add(Require.text(statement, "a statement of what is shown"));
    return this;
  }

  /**
   * Add something that the results do not show.
   *
   * @param statement one sentence
   * @return this builder
   */
  public ArtifactBuilder doesNotShow(String statement) {
    doesNotShow.add(Require.text(statement, "a statement of what is not shown"));
    return this;
  }

  /**
   * Add something that was special about this run.
   *
   * @param note one remark
   * @return this builder
   */
  public ArtifactBuilder note(String note) {
    notes.add(Require.text(note, "a note"));
    return this;
  }

  /**
   * Add a parameter.
   *
   * @param parameter the parameter and its origin
   * @return this builder
   */
  public ArtifactBuilder parameter(Artifact.ParameterLine parameter) {
    parameters.add(parameter);
    return this;
  }

  /**
   * Add several parameters.
   *
   * @param several any number of them
   * @return this builder
   */
  public ArtifactBuilder parameters(Collection<Artifact.ParameterLine> several) {
    parameters.addAll(several);
    return this;
  }

  /**
   * Add a gate.
   *
   * @param gate the gate and whether it is open
   * @return this builder
   */
  public ArtifactBuilder gate(Artifact.GateLine gate) {
    gates.add(gate);
    return this;
  }

  /**
   * Add several gates.
   *
   * @param several any number of them
   * @return this builder
   */
  public ArtifactBuilder gates(Collection<Artifact.GateLine> several) {
    gates.addAll(several);
    return this;
  }

  /**
   * Add a trial that was invalid, while the others went on.
   *
   * @param trial its name, and the reason
   * @return this builder
   */
  public ArtifactBuilder invalidTrial(String trial) {
    invalidTrials.add(Require.text(trial, "an invalid trial"));
    return this;
  }

  /**
   * Build the artifact.
   *
   * @return the artifact
   * @throws IllegalStateException if experiment, title, command, date or provenance was never set
   */
  public Artifact build() {
    return new Artifact(
        name,
        set(experiment, "experiment"),
        set(title, "title"),
        set(command, "command"),
        set(date, "date"),
        mechanisms,
        tables,
        plots,
        invalidTrials,
        howToRead,
        shows,
        doesNotShow,
        notes,
        parameters,
        gates,
        set(provenance, "provenance"));
  }

  private <T> T set(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalStateException("artifact '" + name + "' has no " + what);
    }
    return value;
  }
}

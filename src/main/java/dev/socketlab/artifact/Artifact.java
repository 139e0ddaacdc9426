package dev.socketlab.artifact;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything that one run of an experiment leaves. The text and the JSON form are rendered from
 * this value alone, and the JSON form reads back to an equal value.
 *
 * <pre>{@code
 * Artifact artifact = Artifact.fromJson(Files.readString(Path.of("results/redis_get.json")));
 * artifact.mechanisms().forEach(m -> System.out.println(m.verdict() + " " + m.statement()));
 * }</pre>
 *
 * @param schemaVersion the version of the JSON form
 * @param name the base name of the files, such as {@code socket_stress_summary}
 * @param experiment the tag of the experiment, such as {@code socket-stress}
 * @param title what the experiment is about, as one line
 * @param command the command that reproduces the run
 * @param date when the run started, in UTC, to the second
 * @param mechanisms what was asserted, and what the run found out
 * @param tables the results
 * @param plots how to draw the tables
 * @param howToRead how to read the results, one paragraph each
 * @param shows what the results show
 * @param doesNotShow what the results do not show
 * @param notes what was special about this run, such as a clamped buffer
 * @param parameters the parameters and where their values came from
 * @param gates what the experiment needs, and whether this machine has it
 * @param provenance where the run took place and what it was built from
 */
public record Artifact(
    int schemaVersion,
    String name,
    String experiment,
    String title,
    String command,
    Instant date,
    List<MechanismVerdict> mechanisms,
    List<Table> tables,
    List<Plot> plots,
    List<String> howToRead,
    List<String> shows,
    List<String> doesNotShow,
    List<String> notes,
    List<ParameterLine> parameters,
    List<GateLine> gates,
    Provenance provenance) {

  /**
   * The version of the JSON form that this code writes. Since version 2, columns have roles, cells
   * may hold several numbers with decimals, and there are plots.
   */
  public static final int SCHEMA_VERSION = 2;

  /** The oldest version that this code reads; such an artifact is written in its own version. */
  public static final int OLDEST_SCHEMA_VERSION = 1;

  private static final Pattern FILE_BASE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Check that the artifact can be named, and that mechanisms and tables are told apart. */
  public Artifact {
    if (!FILE_BASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "an artifact's name is a file name of letters, digits, '.', '_' and '-': name=" + name);
    }
    Require.oneLineOfText(experiment, "the experiment's tag");
    Require.oneLineOfText(title, "the title of artifact " + name);
    Require.oneLineOfText(command, "the command of artifact " + name);
    date = date.truncatedTo(ChronoUnit.SECONDS);
    mechanisms = List.copyOf(mechanisms);
    tables = List.copyOf(tables);
    plots = List.copyOf(plots);
    howToRead = List.copyOf(howToRead);
    shows = List.copyOf(shows);
    doesNotShow = List.copyOf(doesNotShow);
    notes = List.copyOf(notes);
    parameters = List.copyOf(parameters);
    gates = List.copyOf(gates);
    requireDistinct(mechanisms.stream().map(MechanismVerdict::number).toList(), "mechanism number");
    requireDistinct(tables.stream().map(Table::title).toList(), "table title");
    requireDistinct(plots.stream().map(Plot::title).toList(), "plot title");
    for (Plot plot : plots) {
      plot.requireDrawable(tables);
    }
  }

  /**
   * Start an artifact whose files will have this base name.
   *
   * @param name the base name of both files
   * @return a builder of the artifact
   */
  public static ArtifactBuilder named(String name) {
    return new ArtifactBuilder(name);
  }

  /** {@return the verdict of the whole run, as {@link Verdict#overall} derives it} */
  public Verdict verdict() {
    return Verdict.overall(mechanisms);
  }

  /** {@return the name of the text file} */
  public String textFileName() {
    return name + ".txt";
  }

  /** {@return the name of the JSON file} */
  public String jsonFileName() {
    return name + ".json";
  }

  /**
   * Render the text form.
   *
   * @return the text, which ends with a line break
   */
  public String toText() {
    return TextWriter.write(this);
  }

  /**
   * Render the JSON form.
   *
   * @return the JSON, which ends with a line break
   */
  public String toJson() {
    return JsonWriter.write(this);
  }

  /**
   * Read the JSON form.
   *
   * @param json the JSON form
   * @return the artifact
   * @throws IllegalArgumentException if it is not an artifact of {@link #OLDEST_SCHEMA_VERSION} to
   *     {@link #SCHEMA_VERSION}; the message names the field
   */
  public static Artifact fromJson(String json) {
    return JsonReader.read(json);
  }

  private static void requireDistinct(List<?> values, String what) {
    if (values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException("each " + what + " must be used once: " + values);
    }
  }
}

package dev.socketlab.artifact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.socketlab.artifact.internal.ArtifactBuilder;
import dev.socketlab.artifact.internal.Require;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Everything that one run of an experiment leaves. The text and the JSON form are rendered from
 * this value alone, and the JSON form reads back to an equal value.
 *
 * {@snippet :
 * Artifact artifact = Artifact.fromJson(Files.readString(Path.of("results/redis_get.json")));
 * artifact.mechanisms().forEach(m -> System.out.println(m.verdict() + " " + m.statement()));
 * }
 *
 * @param name the base name of the files, such as {@code socket_stress_summary}
 * @param experiment the tag of the experiment, such as {@code socket-stress}
 * @param title what the experiment is about, as one line
 * @param command the command that reproduces the run
 * @param date when the run started, in UTC, to the second
 * @param mechanisms what was asserted, and what the run found out
 * @param tables the results
 * @param plots how to draw the tables
 * @param invalidTrials trials that were invalid and are not in the results, each with its reason;
 *     such an artifact is partial
 * @param howToRead how to read the results, one paragraph each
 * @param shows what the results show
 * @param doesNotShow what the results do not show
 * @param notes what was special about this run, such as a clamped buffer
 * @param parameters the parameters and where their values came from
 * @param gates what the experiment needs, and whether this machine has it
 * @param provenance where the run took place and what it was built from
 */
@API(status = Status.MAINTAINED, since = "0.1")
@JsonPropertyOrder({"schemaVersion", "name", "experiment", "title", "verdict"})
public record Artifact(
    String name,
    String experiment,
    String title,
    String command,
    Instant date,
    List<MechanismVerdict> mechanisms,
    List<Table> tables,
    List<Plot> plots,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> invalidTrials,
    List<String> howToRead,
    List<String> shows,
    List<String> doesNotShow,
    List<String> notes,
    List<ParameterLine> parameters,
    List<GateLine> gates,
    Provenance provenance) {

  /** The version of the JSON form that this code reads and writes. */
  public static final int SCHEMA_VERSION = 2;

  private static final Pattern FILE_BASE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  /** Check that the artifact can be named, and that mechanisms and tables are told apart. */
  public Artifact {
    if (!isName(name)) {
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
    invalidTrials = List.copyOf(invalidTrials);
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

  /**
   * Tell whether an artifact can have a name: whether it is the base name of a file.
   *
   * @param name for instance {@code redis_get}
   * @return whether it is made of letters, digits, '.', '_' and '-', and starts with one of the
   *     first two
   */
  public static boolean isName(String name) {
    return FILE_BASE_NAME.matcher(name).matches();
  }

  /** {@return the version of the JSON form, {@link #SCHEMA_VERSION}} */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public int schemaVersion() {
    return SCHEMA_VERSION;
  }

  /** {@return the verdict of the whole run, as {@link Verdict#overall} derives it} */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public Verdict verdict() {
    return Verdict.overall(mechanisms);
  }

  /** {@return whether some of the trials were invalid, so that the results are not all there} */
  @JsonIgnore
  public boolean isPartial() {
    return !invalidTrials.isEmpty();
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
    return Json.write(this);
  }

  /**
   * Read the JSON form.
   *
   * @param json the JSON form
   * @return the artifact
   * @throws IllegalArgumentException if it is not an artifact of {@link #SCHEMA_VERSION}; the
   *     message names the field and its value
   */
  public static Artifact fromJson(String json) {
    return Json.read(json);
  }

  private static void requireDistinct(List<?> values, String what) {
    if (values.stream().distinct().count() < values.size()) {
      throw new IllegalArgumentException("each " + what + " must be used once: " + values);
    }
  }

  /**
   * One gate of the run: a condition of the machine that something in the experiment needs.
   *
   * {@snippet :
   * Stream<Artifact.GateLine> closed = artifact.gates().stream().filter(gate -> !gate.open());
   * }
   *
   * @param name the gate, such as {@code strace}
   * @param neededBy what needs it, such as {@code syscall mix}
   * @param open whether this machine meets the condition
   * @param reason what was found on this machine
   */
  public record GateLine(String name, String neededBy, boolean open, String reason) {
    /** Check that the gate is named and that its state is explained. */
    public GateLine {
      Require.oneLineOfText(name, "the name of a gate");
      Require.oneLine(neededBy, "what needs gate " + name);
      Require.text(reason, "the reason why gate " + name + " is " + (open ? "open" : "closed"));
    }
  }

  /**
   * One parameter of the run, as it would be given on a command line, and where its value came
   * from.
   *
   * {@snippet :
   * artifact
   *     .parameters()
   *     .forEach(p -> System.out.println(p.key() + " = " + p.value() + ", " + p.origin()));
   * }
   *
   * @param key the name, such as {@code socketlab.stress.orders}
   * @param value the value, exactly as it was understood
   * @param unit the unit of the value, or empty
   * @param origin where the value came from: {@code default}, {@code system property}, {@code JUnit
   *     configuration parameter}, or {@code environment} followed by the variable's name
   * @param doc one line on what the parameter does, or empty
   */
  public record ParameterLine(String key, String value, String unit, String origin, String doc) {
    /** Check that the parameter has a key and an origin. */
    public ParameterLine {
      Require.oneLineOfText(key, "the key of a parameter");
      Require.oneLine(value, "the value of parameter " + key);
      Require.oneLine(unit, "the unit of parameter " + key);
      Require.oneLineOfText(origin, "the origin of parameter " + key);
      Require.oneLine(doc, "the documentation of parameter " + key);
    }
  }
}

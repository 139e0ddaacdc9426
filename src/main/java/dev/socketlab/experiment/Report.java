package dev.socketlab.experiment;

import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What an experiment has to say beyond its verdicts: tables, how to read them, remarks on this run.
 * Usually filled in an {@code @AfterAll} method; the framework adds provenance, parameters, gates
 * and verdicts and publishes the whole as the artifact.
 *
 * {@snippet :
 * @AfterAll
 * void report(Lab lab) {
 *   lab.report()
 *       .table(Table.named("Connections", Column.key("requests"), Column.exact("accepted")).row(10, 10))
 *       .howToRead("accepted is PassiveOpens of /proc/net/snmp.");
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
public final class Report {

  private final List<Supplier<Table>> tables = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private final List<String> howToRead = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Set<String> tools = new LinkedHashSet<>();

  Report() {}

  /**
   * Adds a table.
   *
   * @param table the table, complete
   * @return this
   */
  public Report table(Table table) {
    tables.add(() -> table);
    return this;
  }

  /**
   * Adds a table that is being built.
   *
   * @param table the table; rows that it gets after this call are published too
   * @return this
   */
  public Report table(Table.Builder table) {
    tables.add(table::build);
    return this;
  }

  /**
   * Adds a plot of one of the tables, for the HTML form of the report.
   *
   * @param plot the plot
   * @return this
   */
  public Report plot(Plot plot) {
    plots.add(plot);
    return this;
  }

  /**
   * Adds a paragraph that says how to read the tables.
   *
   * @param paragraph plain text without line breaks
   * @return this
   */
  public Report howToRead(String paragraph) {
    howToRead.add(paragraph);
    return this;
  }

  /**
   * Adds a remark on this run, for instance that the system clamped a value.
   *
   * @param remark plain text without line breaks
   * @return this
   */
  public Report note(String remark) {
    if (!notes.contains(remark)) {
      notes.add(remark);
    }
    return this;
  }

  /**
   * Names a tool that the experiment used, so that its version stands in the provenance.
   *
   * @param program for instance {@code strace}
   * @return this
   */
  public Report tool(String program) {
    tools.add(program);
    return this;
  }

  List<Table> tables() {
    return tables.stream().map(Supplier::get).toList();
  }

  List<Plot> plots() {
    return plots;
  }

  List<String> howToRead() {
    return howToRead;
  }

  List<String> notes() {
    return notes;
  }

  Set<String> tools() {
    return tools;
  }
}

package dev.socketlab.report.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import dev.socketlab.artifact.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * The page of one run: verdicts first, then plots and tables, then what is needed to judge them. It
 * needs no network, no script and no other file.
 */
public final class HtmlPage {
  private final Artifact artifact;
  private final Markup html = new Markup();

  private HtmlPage(Artifact artifact) {
    this.artifact = artifact;
  }

  /**
   * Writes the page.
   *
   * @param artifact the run
   * @return the HTML
   */
  public static String write(Artifact artifact) {
    return new HtmlPage(artifact).document();
  }

  /** Write what all pages begin with, up to the open body. */
  static void begin(Markup html, String title) {
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\">\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<link rel=\"icon\" href=\"data:,\">\n");
    html.leaf("title", title).open("style").raw(Style.page()).close().close().open("body");
  }

  static void verdict(Markup html, Verdict verdict) {
    String style = verdict.label().toLowerCase(Locale.ROOT).replace(' ', '-');
    html.leaf("span", verdict.label(), "class", "verdict " + style);
  }

  private String document() {
    begin(html, artifact.title());
    html.open("header").leaf("h1", artifact.title()).open("p");
    verdict(html, artifact.verdict());
    html.text(" " + tally()).close();
    html.open("p", "class", "facts").leaf("code", artifact.command());
    html.raw("<br>").text(artifact.date() + ", tag " + artifact.experiment()).close();
    contents();
    html.close().open("main");
    mechanisms();
    invalidTrials();
    plots();
    tables();
    reading();
    circumstances();
    html.close().open("footer");
    html.text("Rendered from " + artifact.jsonFileName() + ", schema version ");
    html.text(artifact.schemaVersion() + ".").close();
    return html.close().close().toString();
  }

  private void contents() {
    html.open("nav", "aria-label", "Contents").open("ul");
    link("mechanisms", "Mechanisms");
    if (!artifact.plots().isEmpty()) {
      link("plots", "Plots");
    }
    link("tables", "Tables");
    link("reading", "How to read it");
    link("circumstances", "Parameters, gates, provenance");
    html.close().close();
  }

  private void link(String id, String text) {
    html.open("li").leaf("a", text, "href", "#" + id).close();
  }

  private String tally() {
    long hold = artifact.mechanisms().stream().filter(m -> m.verdict() == Verdict.HOLDS).count();
    String tally = "%s of %s mechanisms hold".formatted(hold, artifact.mechanisms().size());
    return artifact.isPartial()
        ? tally + "; PARTIAL, trials that were invalid: " + artifact.invalidTrials().size()
        : tally;
  }

  private void invalidTrials() {
    if (artifact.isPartial()) {
      html.leaf("h2", "Invalid trials, not in what follows", "id", "invalid").open("ul");
      artifact.invalidTrials().forEach(trial -> html.leaf("li", trial));
      html.close();
    }
  }

  private void mechanisms() {
    html.leaf("h2", "Mechanisms", "id", "mechanisms");
    region("mechanisms");
    head("#", "verdict", "mechanism");
    for (MechanismVerdict mechanism : artifact.mechanisms()) {
      html.open("tr").leaf("th", Integer.toString(mechanism.number()), "scope", "row");
      html.open("td");
      verdict(html, mechanism.verdict());
      html.close().open("td").text(mechanism.statement());
      if (!mechanism.detail().isEmpty()) {
        html.leaf("span", mechanism.detail(), "class", "detail");
      }
      html.close().close();
    }
    html.close().close().close();
  }

  private void plots() {
    if (artifact.plots().isEmpty()) {
      return;
    }
    html.leaf("h2", "Plots", "id", "plots");
    int number = 1;
    for (Plot plot : artifact.plots()) {
      html.open("figure").open("figcaption").text(plot.title()).close();
      html.raw(SvgPlot.inline(plot, artifact, "plot-" + number++));
      html.open("p", "class", "remarks").text("The figures: ");
      html.leaf("a", plot.table(), "href", "#" + tableId(plot.table())).close().close();
    }
  }

  private void tables() {
    html.leaf("h2", "Tables", "id", "tables");
    for (Table table : artifact.tables()) {
      HtmlTable.write(table, tableId(table.title()), html);
    }
  }

  private String tableId(String title) {
    return "table-" + (artifact.tables().stream().map(Table::title).toList().indexOf(title) + 1);
  }

  private void reading() {
    html.leaf("h2", "How to read it", "id", "reading");
    artifact.howToRead().forEach(paragraph -> html.leaf("p", paragraph));
    bullets("What it shows", artifact.shows());
    bullets("What it does not show", artifact.doesNotShow());
    bullets("Notes on this run", artifact.notes());
  }

  private void bullets(String heading, List<String> statements) {
    if (!statements.isEmpty()) {
      html.leaf("h3", heading).open("ul");
      statements.forEach(statement -> html.leaf("li", statement));
      html.close();
    }
  }

  private void circumstances() {
    html.leaf("h2", "Parameters, gates, provenance", "id", "circumstances");
    if (!artifact.parameters().isEmpty()) {
      facts("Parameters", "parameters", List.of("parameter", "value", "origin", "meaning"));
      artifact
          .parameters()
          .forEach(p -> row(p.key(), (p.value() + " " + p.unit()).strip(), p.origin(), p.doc()));
      html.close().close().close();
    }
    if (!artifact.gates().isEmpty()) {
      facts("Gates", "gates", List.of("gate", "state", "needed by", "found"));
      artifact
          .gates()
          .forEach(g -> row(g.name(), g.open() ? "open" : "CLOSED", g.neededBy(), g.reason()));
      html.close().close().close();
    }
    html.leaf("h3", "Provenance").open("dl");
    provenance(artifact.provenance());
    html.close();
  }

  private void facts(String heading, String id, List<String> columns) {
    html.leaf("h3", heading, "id", id);
    region(id);
    head(columns.toArray(String[]::new));
  }

  private void row(String key, String... cells) {
    html.open("tr").open("th", "scope", "row").leaf("code", key).close();
    for (String cell : cells) {
      html.leaf("td", cell);
    }
    html.close();
  }

  private void head(String... columns) {
    html.open("thead").open("tr");
    for (String column : columns) {
      html.leaf("th", column, "scope", "col");
    }
    html.close().close().open("tbody");
  }

  /** Open a table that scrolls, by keyboard as well, where it is too wide. */
  private void region(String id) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", id);
    html.open("table", "aria-labelledby", id);
  }

  private void provenance(Provenance from) {
    from.facts().forEach(this::fact);
    from.source().dirtyInputs().forEach(input -> fact("changed input", input));
    fact(
        "digest of",
        from.source().digestFiles() + " files: " + String.join(", ", from.source().digestScope()));
  }

  private void fact(String name, String value) {
    html.leaf("dt", name).leaf("dd", value);
  }
}

package dev.socketlab.report.internal;

import dev.socketlab.artifact.Artifact;
import java.util.List;

/** The page that lists several runs. */
final class HtmlIndex {
  private HtmlIndex() {}

  static String write(List<Artifact> artifacts) {
    Markup html = new Markup();
    HtmlPage.begin(html, "Socket experiments");
    html.open("header").leaf("h1", "Socket experiments", "id", "runs");
    html.leaf("p", artifacts.size() + " runs", "class", "facts").close().open("main");
    html.open(
        "div", "class", "scroll", "tabindex", "0", "role", "region", "aria-labelledby", "runs");
    html.open("table", "aria-labelledby", "runs").open("thead").open("tr");
    for (String column : List.of("experiment", "verdict", "title", "date", "commit")) {
      html.leaf("th", column, "scope", "col");
    }
    html.close().close().open("tbody");
    for (Artifact artifact : artifacts) {
      html.open("tr").open("th", "scope", "row").leaf("code", artifact.experiment()).close();
      html.open("td");
      HtmlPage.verdict(html, artifact.verdict());
      html.close().open("td");
      html.leaf("a", artifact.title(), "href", artifact.name() + ".html").close();
      html.leaf("td", artifact.date().toString(), "class", "trials");
      html.open("td").leaf("code", artifact.provenance().source().commit()).close().close();
    }
    return html.close().close().close().close().close().close().toString();
  }
}

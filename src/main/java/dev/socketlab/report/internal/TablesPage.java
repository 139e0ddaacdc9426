package dev.socketlab.report.internal;

import dev.socketlab.artifact.Table;
import java.util.List;

/**
 * A page of tables that are not those of one run. It needs no network, no script and no other file.
 *
 * {@snippet :
 * String html = TablesPage.write("Two runs", List.of("nothing differs"), artifact.tables());
 * }
 */
public final class TablesPage {
  private TablesPage() {}

  /**
   * Writes the page.
   *
   * @param title the heading
   * @param remarks what stands above the tables, one paragraph each
   * @param tables the tables
   * @return the HTML
   */
  public static String write(String title, List<String> remarks, List<Table> tables) {
    Markup html = new Markup();
    HtmlPage.begin(html, title);
    html.open("header").leaf("h1", title);
    remarks.forEach(remark -> html.leaf("p", remark, "class", "facts"));
    html.close().open("main");
    int number = 1;
    for (Table table : tables) {
      HtmlTable.write(table, "table-" + number++, html);
    }
    return html.close().close().close().toString();
  }
}

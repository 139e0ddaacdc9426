package dev.socketlab.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An SVG drawing that stays text: it has a title and a description, its colours come from style
 * sheet variables (so that it follows light, dark and print), and what is told apart by colour is
 * told apart by shape, dash or hatching as well.
 */
final class Canvas {
  static final int WIDTH = 720;

  private static final double CHARACTER = 6.6;
  private static final double WIDE_CHARACTER = 8;
  private static final int LEGEND_GAP = 36;
  private static final int LEGEND_LINE = 20;

  private final Markup svg = new Markup();
  private final String id;

  Canvas(String id, int height, String title, String description, boolean standalone) {
    this.id = id;
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + WIDTH + " " + height,
        "role",
        "img",
        "class",
        "plot",
        "aria-labelledby",
        id + "-title " + id + "-desc");
    svg.leaf("title", title, "id", id + "-title").leaf("desc", description, "id", id + "-desc");
    if (standalone) {
      svg.open("style").raw(Style.plot()).close();
      svg.empty("rect", "width", WIDTH, "height", height, "class", "ground");
      text(WIDTH / 2.0, 20, title, "heading middle");
    }
    hatches();
  }

  Canvas line(double x1, double y1, double x2, double y2, String style) {
    svg.empty("line", "x1", n(x1), "y1", n(y1), "x2", n(x2), "y2", n(y2), "class", style);
    return this;
  }

  Canvas text(double x, double y, String text, String style) {
    svg.leaf("text", text, "x", n(x), "y", n(y), "class", style);
    return this;
  }

  /** Write along the vertical axis, from bottom to top. */
  Canvas upright(double x, double y, String text) {
    svg.leaf(
        "text",
        text,
        "x",
        n(x),
        "y",
        n(y),
        "class",
        "middle",
        "transform",
        "rotate(-90 %s %s)".formatted(n(x), n(y)));
    return this;
  }

  Canvas polyline(List<double[]> points, int series) {
    StringBuilder path = new StringBuilder();
    points.forEach(point -> path.append(n(point[0])).append(',').append(n(point[1])).append(' '));
    svg.empty("polyline", "points", path.toString().strip(), "class", "series s" + shade(series));
    return this;
  }

  /** Draw a bar; a title shows on hovering. */
  Canvas bar(double x, double y, double width, double height, int series, String title) {
    svg.open("g").leaf("title", title);
    rectangle(x, y, width, height, "bar f" + shade(series));
    svg.empty(
        "rect",
        "x",
        n(x),
        "y",
        n(y),
        "width",
        n(width),
        "height",
        n(height),
        "fill",
        "url(#%s-hatch%s)".formatted(id, shade(series)));
    svg.close();
    return this;
  }

  /** Draw a marker of the shape of a series; a title shows on hovering. */
  Canvas marker(double x, double y, int series, String title) {
    String style = "marker s" + shade(series);
    svg.open("g").leaf("title", title);
    switch (shade(series)) {
      case 0 -> svg.empty("circle", "cx", n(x), "cy", n(y), "r", "5", "class", style);
      case 1 -> rectangle(x - 4, y - 4, 8, 8, style);
      case 2 -> polygon(style, x, y - 5, x + 5, y + 4, x - 5, y + 4);
      case 3 -> polygon(style, x, y - 6, x + 6, y, x, y + 6, x - 6, y);
      case 4 -> polygon(style, x, y + 5, x + 5, y - 4, x - 5, y - 4);
      default -> polygon(style, x - 6, y - 2, x + 6, y - 2, x + 6, y + 2, x - 6, y + 2);
    }
    svg.close();
    return this;
  }

  /** Where in a legend a name stands. */
  private record Entry(double x, double y) {}

  /** The names of a legend in lines from the left. */
  private static List<Entry> entries(List<String> names) {
    List<Entry> entries = new ArrayList<>();
    double x = 12;
    double y = 12;
    for (String name : names) {
      double width = LEGEND_GAP + name.length() * WIDE_CHARACTER + 12;
      if (x + width > WIDTH && x > 12) {
        x = 12;
        y += LEGEND_LINE;
      }
      entries.add(new Entry(x, y));
      x += width;
    }
    return entries;
  }

  /** The height of a legend. */
  static int legendHeight(List<String> names) {
    return (int) entries(names).stream().mapToDouble(Entry::y).max().orElse(12) + 14;
  }

  /** Name the series; returns the height that it took. */
  int legend(double top, List<String> names, boolean bars) {
    List<Entry> entries = entries(names);
    for (int i = 0; i < names.size(); i++) {
      double x = entries.get(i).x();
      double y = top + entries.get(i).y();
      if (bars) {
        bar(x, y - 9, 22, 11, i, names.get(i));
      } else {
        polyline(List.of(new double[] {x, y - 4}, new double[] {x + 26, y - 4}), i);
        marker(x + 13, y - 4, i, names.get(i));
      }
      text(x + 32, y, fit(names.get(i), WIDTH - x - LEGEND_GAP), "");
    }
    return legendHeight(names);
  }

  static double width(String text) {
    return text.length() * CHARACTER;
  }

  /** The start of a text that is too long for its room; its title on hovering is whole. */
  static String fit(String text, double room) {
    int most = (int) (room / WIDE_CHARACTER);
    return text.length() <= most ? text : text.substring(0, Math.max(0, most - 1)) + "…";
  }

  String done() {
    return svg.close().toString();
  }

  private void rectangle(double x, double y, double width, double height, String style) {
    svg.empty("rect", "x", n(x), "y", n(y), "width", n(width), "height", n(height), "class", style);
  }

  private void polygon(String style, double... points) {
    StringBuilder path = new StringBuilder();
    for (double value : points) {
      path.append(n(value)).append(' ');
    }
    svg.empty("polygon", "points", path.toString().strip(), "class", style);
  }

  /** Hatch each series differently, so that bars are told apart in black and white. */
  private void hatches() {
    String[] lines = {"", "M0 8L8 0", "M0 0L8 8", "M0 4H8", "M4 0V8", "M0 4H8M4 0V8"};
    svg.open("defs");
    for (int i = 0; i < lines.length; i++) {
      svg.open(
          "pattern",
          "id",
          "%s-hatch%s".formatted(id, i),
          "width",
          "8",
          "height",
          "8",
          "patternUnits",
          "userSpaceOnUse");
      svg.empty("path", "d", lines[i].isEmpty() ? "M0 0" : lines[i], "class", "hatch");
      svg.close();
    }
    svg.close();
  }

  private static int shade(int series) {
    return series % Style.SHADES;
  }

  private static String n(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
  }
}

package dev.socketlab.report.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Plot;
import java.util.stream.Collectors;

/** Draws a plot of an artifact as SVG. */
final class SvgPlot {
  private static final int HEADING = 32;

  private SvgPlot() {}

  /**
   * Draws a plot as a document of its own, with its heading and colours.
   *
   * @param plot one of the artifact's plots
   * @param artifact the artifact
   * @return the SVG
   */
  public static String standalone(Plot plot, Artifact artifact) {
    return draw(plot, artifact, "plot", true);
  }

  /** Draw a plot within a page that has the style; the id must be unique there. */
  static String inline(Plot plot, Artifact artifact, String id) {
    return draw(plot, artifact, id, false);
  }

  private static String draw(Plot plot, Artifact artifact, String id, boolean standalone) {
    PlotData data = PlotData.of(plot, artifact);
    int start = standalone ? HEADING : 4;
    boolean lines = plot.kind() == Plot.Kind.LINES;
    boolean stacked = plot.kind() == Plot.Kind.STACKED_BARS;
    int height = lines ? LinePlot.height(data) : BarPlot.height(data, stacked, start);
    Canvas canvas = new Canvas(id, height, plot.title(), describe(plot, data), standalone);
    return lines
        ? new LinePlot(data, plot.logX(), canvas).draw(start)
        : new BarPlot(data, stacked, canvas).draw(start);
  }

  private static String describe(Plot plot, PlotData data) {
    return "%s by %s; %s. The figures are those of the table \"%s\"."
        .formatted(
            data.yTitle(),
            data.xTitle(),
            data.series().stream()
                .map(series ->
                    series.name()
                        + ": "
                        + series.points().stream()
                            .map(point -> point.group() + " → " + point.show())
                            .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". ")),
            plot.table());
  }
}

package dev.socketlab.report.internal;

import dev.socketlab.report.internal.PlotData.Point;
import dev.socketlab.report.internal.PlotData.Series;
import java.util.Comparator;
import java.util.List;

/** Draws figures over a number: medians joined by lines, with the spread of several trials. */
final class LinePlot {
  private static final int HEIGHT = 380;
  private static final int LEFT = 84;
  private static final int RIGHT = 28;
  private static final int BOTTOM = 52;
  private static final int LABEL_GAP = 10;
  private static final int LEGEND_OF_ONE_LINE = Canvas.legendHeight(List.of());

  private final PlotData data;
  private final boolean logX;
  private final Canvas canvas;
  private final Scale scale;
  private final List<Double> xs;
  private final int height;
  private double top;

  LinePlot(PlotData data, boolean logX, Canvas canvas) {
    this.data = data;
    this.canvas = canvas;
    this.scale = Scale.of(data.lowest(), data.highest());
    this.xs =
        data.series().stream()
            .flatMap(series -> series.points().stream())
            .map(Point::x)
            .distinct()
            .sorted()
            .toList();
    this.logX = logX && !xs.isEmpty() && xs.getFirst() > 0; // 0 has no logarithm
    this.height = height(data);
  }

  /** The legend takes no room from the plot, however many lines it has. */
  static int height(PlotData data) {
    return HEIGHT + Canvas.legendHeight(names(data)) - LEGEND_OF_ONE_LINE;
  }

  private static List<String> names(PlotData data) {
    return data.series().stream().map(Series::name).toList();
  }

  String draw(double start) {
    top = start + canvas.legend(start, names(data), false) + 8;
    axes();
    for (int i = 0; i < data.series().size(); i++) {
      series(data.series().get(i), i);
    }
    return canvas.done();
  }

  private void axes() {
    for (double tick : scale.ticks()) {
      canvas.line(LEFT, y(tick), Canvas.WIDTH - RIGHT, y(tick), tick == 0 ? "axis" : "grid");
      canvas.text(LEFT - 8, y(tick) + 4, Scale.label(tick), "end");
    }
    double free = 0;
    for (double value : xs) {
      String label = label(value);
      double from = x(value) - Canvas.width(label) / 2;
      canvas.line(x(value), bottom(), x(value), bottom() + 5, "axis");
      if (from >= free) {
        canvas.text(x(value), bottom() + 19, label, "middle");
        free = from + Canvas.width(label) + LABEL_GAP;
      }
    }
    double middle = (LEFT + Canvas.WIDTH - RIGHT) / 2.0;
    String scaleName = logX ? ", logarithmic" : "";
    canvas.text(middle, height - 10, data.xTitle() + scaleName, "middle");
    canvas.upright(16, (top + bottom()) / 2, data.yTitle());
  }

  /** {@return the text of the table, because a rounded number would be another one} */
  private String label(double x) {
    return data.groups().stream()
        .filter(group -> new Point(group, List.of()).x() == x)
        .findFirst()
        .orElseThrow();
  }

  private void series(Series series, int number) {
    List<Point> points =
        series.points().stream().sorted(Comparator.comparingDouble(Point::x)).toList();
    canvas.polyline(
        points.stream().map(p -> new double[] {x(p.x()), y(p.median())}).toList(), number);
    for (Point point : points) {
      double x = x(point.x());
      if (point.high() > point.low()) {
        String style = "spread s" + number % Style.SHADES;
        canvas.line(x, y(point.low()), x, y(point.high()), style);
        canvas.line(x - 5, y(point.low()), x + 5, y(point.low()), style);
        canvas.line(x - 5, y(point.high()), x + 5, y(point.high()), style);
      }
      canvas.marker(
          x,
          y(point.median()),
          number,
          "%s, %s %s: %s".formatted(series.name(), data.xTitle(), point.group(), point.show()));
    }
  }

  private double x(double value) {
    double from = along(xs.getFirst());
    double to = along(xs.getLast());
    double room = Canvas.WIDTH - LEFT - RIGHT - 60;
    return LEFT + 30 + (to == from ? room / 2 : (along(value) - from) / (to - from) * room);
  }

  private double along(double value) {
    return logX ? Math.log(value) : value;
  }

  private double y(double value) {
    return bottom() - scale.share(value) * (bottom() - top);
  }

  private double bottom() {
    return height - BOTTOM;
  }
}

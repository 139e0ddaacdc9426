package dev.socketlab.report;

import dev.socketlab.report.PlotData.Point;
import dev.socketlab.report.PlotData.Series;
import java.util.Comparator;
import java.util.List;

/** Draws figures over a number: medians joined by lines, with the spread of several trials. */
final class LinePlot {
  private static final int HEIGHT = 380;
  private static final int LEFT = 84;
  private static final int RIGHT = 28;
  private static final int BOTTOM = 52;
  private static final int LABEL_GAP = 10;

  private final PlotData data;
  private final boolean logX;
  private final Canvas canvas;
  private final Scale scale;
  private final List<Double> xs;
  private double top;

  LinePlot(PlotData data, boolean logX, Canvas canvas) {
    this.data = data;
    this.logX = logX;
    this.canvas = canvas;
    this.scale = Scale.upTo(data.highest());
    this.xs =
        data.series().stream()
            .flatMap(series -> series.points().stream())
            .map(Point::x)
            .distinct()
            .sorted()
            .toList();
  }

  static int height() {
    return HEIGHT;
  }

  String draw(double start) {
    top =
        start + canvas.legend(start, data.series().stream().map(Series::name).toList(), false) + 8;
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
      canvas.line(x(value), y(0), x(value), y(0) + 5, "axis");
      if (from >= free) {
        canvas.text(x(value), y(0) + 19, label, "middle");
        free = from + Canvas.width(label) + LABEL_GAP;
      }
    }
    double middle = (LEFT + Canvas.WIDTH - RIGHT) / 2.0;
    String scaleName = logX ? ", logarithmic" : "";
    canvas.text(middle, HEIGHT - 10, data.xTitle() + scaleName, "middle");
    canvas.upright(16, (top + y(0)) / 2, data.yTitle());
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
    return logX ? Math.log(Math.max(value, 1)) : value;
  }

  private double y(double value) {
    double bottom = HEIGHT - BOTTOM;
    return bottom - scale.share(value) * (bottom - top);
  }
}

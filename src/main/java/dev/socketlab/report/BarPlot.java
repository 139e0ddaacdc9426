package dev.socketlab.report;

import dev.socketlab.report.PlotData.Point;
import dev.socketlab.report.PlotData.Series;
import java.util.Optional;

/** Draws figures over groups as bars from left to right, so that names need not be turned. */
final class BarPlot {
  private static final int BAR = 13;
  private static final int GROUP_GAP = 10;
  private static final int RIGHT = 84;
  private static final int BOTTOM = 44;

  private final PlotData data;
  private final boolean stacked;
  private final Canvas canvas;
  private final Scale scale;
  private final double left;
  private double top;

  BarPlot(PlotData data, boolean stacked, Canvas canvas) {
    this.data = data;
    this.stacked = stacked;
    this.canvas = canvas;
    this.scale = Scale.upTo(stacked ? highestSum(data) : data.highest());
    this.left = 20 + data.groups().stream().mapToDouble(Canvas::width).max().orElse(0);
  }

  static int height(PlotData data, boolean stacked, int start) {
    int legendLines = 1 + data.series().size() / 6;
    return start
        + legendLines * 20
        + 24
        + data.groups().size() * groupHeight(data, stacked)
        + BOTTOM;
  }

  String draw(double start) {
    top = start + canvas.legend(start, data.series().stream().map(Series::name).toList(), true) + 6;
    axes();
    for (int i = 0; i < data.groups().size(); i++) {
      group(data.groups().get(i), top + GROUP_GAP / 2.0 + i * groupHeight(data, stacked));
    }
    return canvas.done();
  }

  private void axes() {
    double bottom = top + data.groups().size() * groupHeight(data, stacked);
    for (double tick : scale.ticks()) {
      canvas.line(x(tick), top, x(tick), bottom, tick == 0 ? "axis" : "grid");
      canvas.text(x(tick), bottom + 16, Scale.label(tick), "middle");
    }
    canvas.text((left + Canvas.WIDTH - RIGHT) / 2, bottom + 36, data.yTitle(), "middle");
  }

  private void group(String group, double y) {
    double height = groupHeight(data, stacked) - GROUP_GAP;
    canvas.text(left - 8, y + height / 2 + 4, group, "end");
    double sum = 0;
    double at = y;
    for (int i = 0; i < data.series().size(); i++) {
      Series series = data.series().get(i);
      Optional<Point> found =
          series.points().stream().filter(p -> p.group().equals(group)).findFirst();
      if (found.isPresent()) {
        Point point = found.get();
        double value = Math.max(0, point.median());
        String title = "%s, %s: %s".formatted(group, series.name(), point.show());
        canvas.bar(x(sum), at, x(value) - left, stacked ? height : BAR - 1, i, title);
        if (stacked) {
          sum += value;
        } else {
          spread(point, at + BAR / 2.0);
          canvas.text(x(Math.max(value, point.high())) + 6, at + BAR - 3, point.show(), "small");
        }
      }
      at += stacked ? 0 : BAR;
    }
    if (stacked) {
      canvas.text(x(sum) + 6, y + height / 2 + 4, "sum " + Scale.label(sum), "small");
    }
  }

  private void spread(Point point, double y) {
    if (point.high() > point.low()) {
      canvas.line(x(point.low()), y, x(point.high()), y, "spread ink");
    }
  }

  private double x(double value) {
    return left + scale.share(value) * (Canvas.WIDTH - RIGHT - left);
  }

  private static int groupHeight(PlotData data, boolean stacked) {
    return GROUP_GAP + (stacked ? 22 : BAR * data.series().size());
  }

  private static double highestSum(PlotData data) {
    return data.groups().stream()
        .mapToDouble(group ->
            data.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(point -> point.group().equals(group))
                .mapToDouble(point -> Math.max(0, point.median()))
                .sum())
        .max()
        .orElse(0);
  }
}

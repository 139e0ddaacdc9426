package dev.socketlab.report.internal;

import dev.socketlab.report.internal.PlotData.Point;
import dev.socketlab.report.internal.PlotData.Series;
import java.util.List;
import java.util.Optional;

/** Draws figures over groups as bars from left to right, so that names need not be turned. */
final class BarPlot {
  private static final int BAR = 13;
  private static final int GROUP_GAP = 10;
  private static final int RIGHT = 84;
  private static final int BOTTOM = 44;

  /** What names of groups may take, so that there is room for the bars. */
  private static final double WIDEST_NAME = Canvas.WIDTH / 2.0;

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
    this.scale =
        stacked
            ? Scale.of(-highestSum(data, -1), highestSum(data, 1))
            : Scale.of(data.lowest(), data.highest());
    double widest = data.groups().stream().mapToDouble(Canvas::width).max().orElse(0);
    this.left = 20 + Math.min(widest, WIDEST_NAME);
  }

  static int height(PlotData data, boolean stacked, int start) {
    return start
        + Canvas.legendHeight(names(data))
        + 6
        + data.groups().size() * groupHeight(data, stacked)
        + BOTTOM;
  }

  String draw(double start) {
    top = start + canvas.legend(start, names(data), true) + 6;
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
    String name = Canvas.width(group) > WIDEST_NAME ? Canvas.fit(group, WIDEST_NAME) : group;
    canvas.text(left - 8, y + height / 2 + 4, name, "end");
    double sum = 0;
    double below = 0;
    double at = y;
    for (int i = 0; i < data.series().size(); i++) {
      Series series = data.series().get(i);
      Optional<Point> found =
          series.points().stream().filter(p -> p.group().equals(group)).findFirst();
      if (found.isPresent()) {
        Point point = found.get();
        double value = point.median();
        double from = stacked ? (value < 0 ? below : sum) : 0;
        String title = "%s, %s: %s".formatted(group, series.name(), point.show());
        double start = Math.min(x(from), x(from + value));
        double length = Math.abs(x(from + value) - x(from));
        canvas.bar(start, at, length, stacked ? height : BAR - 1, i, title);
        if (stacked) {
          sum += Math.max(0, value);
          below += Math.min(0, value);
        } else {
          spread(point, at + BAR / 2.0);
          canvas.text(x(Math.max(0, point.high())) + 6, at + BAR - 3, point.show(), "small");
        }
      }
      at += stacked ? 0 : BAR;
    }
    if (stacked) {
      canvas.text(x(sum) + 6, y + height / 2 + 4, "sum " + Scale.label(sum + below), "small");
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

  private static List<String> names(PlotData data) {
    return data.series().stream().map(Series::name).toList();
  }

  private static int groupHeight(PlotData data, boolean stacked) {
    return GROUP_GAP + (stacked ? 22 : BAR * data.series().size());
  }

  /** The highest sum of a group's figures of one sign. */
  private static double highestSum(PlotData data, int sign) {
    return data.groups().stream()
        .mapToDouble(group ->
            data.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(point -> point.group().equals(group))
                .mapToDouble(point -> Math.max(0, sign * point.median()))
                .sum())
        .max()
        .orElse(0);
  }
}

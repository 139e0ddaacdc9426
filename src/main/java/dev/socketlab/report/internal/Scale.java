package dev.socketlab.report.internal;

import dev.socketlab.artifact.internal.CellText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Maps figures to places, with round ticks; 0 is one of them. */
record Scale(double bottom, double top, double step) {
  private static final int WANTED_TICKS = 5;

  static Scale upTo(double highest) {
    return of(0, highest);
  }

  /** A scale that holds 0 and both figures. */
  static Scale of(double lowest, double highest) {
    double from = Math.min(0, lowest);
    double to = Math.max(0, highest);
    if (from == to) {
      return new Scale(0, 1, 1);
    }
    double rough = (to - from) / WANTED_TICKS;
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = magnitude;
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      if (factor * magnitude >= rough) {
        step = factor * magnitude;
        break;
      }
    }
    return new Scale(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
  }

  double share(double value) {
    return (value - bottom) / (top - bottom);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (long i = Math.round(bottom / step); i <= Math.round(top / step); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  static String label(double tick) {
    BigDecimal number = BigDecimal.valueOf(tick).round(new MathContext(12));
    BigDecimal plain = number.stripTrailingZeros();
    return CellText.grouped(plain.scale() < 0 ? plain.setScale(0) : plain);
  }
}

package dev.socketlab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Maps figures from 0 up to places, with round ticks. */
record Scale(double top, double step) {
  private static final int WANTED_TICKS = 5;

  static Scale upTo(double highest) {
    if (highest <= 0) {
      return new Scale(1, 1);
    }
    double rough = highest / WANTED_TICKS;
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = magnitude;
    for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
      if (factor * magnitude >= rough) {
        step = factor * magnitude;
        break;
      }
    }
    return new Scale(Math.ceil(highest / step) * step, step);
  }

  double share(double value) {
    return value / top;
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= Math.round(top / step); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  static String label(double tick) {
    BigDecimal number = BigDecimal.valueOf(tick).round(new MathContext(12));
    BigDecimal plain = number.stripTrailingZeros();
    return Figures.show(plain.scale() < 0 ? plain.setScale(0) : plain);
  }
}

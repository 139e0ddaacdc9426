package dev.socketlab.report.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style sheets of pages and plots. */
final class Style {
  /** How many series the style sheet of plots can tell apart. */
  static final int SHADES = 6;

  private Style() {}

  static String page() {
    return plot() + resource("page.css");
  }

  static String plot() {
    return resource("plot.css");
  }

  private static String resource(String name) {
    try (InputStream stream = Style.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, "not on the class path: " + name).readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

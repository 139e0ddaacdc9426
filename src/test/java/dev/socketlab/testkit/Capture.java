package dev.socketlab.testkit;

import dev.socketlab.probe.internal.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A verbatim capture of a kernel file or of a tool's output, kept as a test resource beside this
 * class.
 */
public record Capture(String name, List<String> lines) {

  public static Capture of(String name) {
    try (InputStream in = Capture.class.getResourceAsStream("/captures/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no such capture: name=" + name);
      }
      return new Capture(
          name, new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Line> numbered() {
    return Line.of(name, lines);
  }

  /** Damage one line, counted from 1. */
  public Capture withLine(int number, String text) {
    List<String> damaged = new ArrayList<>(lines);
    damaged.set(number - 1, text);
    return new Capture(name, damaged);
  }

  public Capture replacing(int number, String target, String replacement) {
    String line = lines.get(number - 1);
    if (!line.contains(target)) {
      throw new IllegalArgumentException("line %d has no \"%s\"".formatted(number, target));
    }
    return withLine(number, line.replace(target, replacement));
  }
}

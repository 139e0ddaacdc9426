package dev.socketlab.gate.internal;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Which gates a run demands: {@code socketlab.require} holds names separated by commas, or {@code
 * all}.
 */
public record StrictMode(Set<String> demanded) {

  public static final String KEY = "socketlab.require";
  public static final String ALL = "all";

  public static StrictMode of(ExtensionContext context) {
    return parse(context.getConfigurationParameter(KEY).orElse(""));
  }

  public static StrictMode parse(String names) {
    Set<String> demanded = new TreeSet<>();
    Arrays.stream(names.split(","))
        .map(String::strip)
        .filter(n -> !n.isEmpty())
        .forEach(demanded::add);
    return new StrictMode(demanded);
  }

  boolean demands(String gate) {
    return demanded.contains(ALL) || demanded.contains(gate);
  }
}

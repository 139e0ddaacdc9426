package dev.socketlab.report;

import dev.socketlab.gate.GateDetector;
import dev.socketlab.gate.GateFinding;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Looks for node and Chromium on the search path, and for the modules where npm puts them. */
final class BrowserDetector implements GateDetector<RequiresBrowser> {
  static final Path MODULES = Path.of("target", "browser", "node_modules");

  @Override
  public String name(RequiresBrowser gate) {
    return "browser";
  }

  @Override
  public GateFinding detect(RequiresBrowser gate) {
    for (String program : new String[] {"node", "chromium"}) {
      if (find(program).isEmpty()) {
        return GateFinding.closed(program + " is not on the search path");
      }
    }
    for (String module : new String[] {"playwright-core", "axe-core"}) {
      if (!Files.isDirectory(MODULES.resolve(module))) {
        return GateFinding.closed(
            "no module %s: npm install --prefix target/browser playwright-core axe-core"
                .formatted(module));
      }
    }
    return GateFinding.open("node, chromium, playwright-core and axe-core are there");
  }

  static Optional<Path> find(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The libraries of a class path, by the names of their jars: the experiment's own, and those of
 * every subject that is a JVM with the same class path. Folders are in the source digest.
 */
final class Libraries {

  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d.*)\\.jar");

  private Libraries() {}

  /** Version by name; a jar whose name tells no version stands with {@code unknown: } and why. */
  static Map<String, String> of(String classPath) {
    Map<String, String> versions = new TreeMap<>();
    for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
      Path file = Path.of(entry).getFileName();
      if (file != null && file.toString().endsWith(".jar")) {
        String name = file.toString();
        Matcher jar = JAR.matcher(name);
        if (jar.matches()) {
          versions.merge(jar.group(1), jar.group(2), (one, other) -> one + ", " + other);
        } else {
          versions.put(
              name.substring(0, name.length() - ".jar".length()),
              Provenance.unknown("not in the name of the jar"));
        }
      }
    }
    return versions;
  }
}

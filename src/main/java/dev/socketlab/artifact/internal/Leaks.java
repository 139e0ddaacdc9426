package dev.socketlab.artifact.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds what must not be published: MAC addresses, absolute paths of this machine, its host name
 * and its user's name. It finds and never repairs: what is taken out silently is missed by nobody.
 */
final class Leaks {
  /** The system property that lists words to let pass, separated by commas. */
  public static final String ALLOW_PROPERTY = "socketlab.leaks.allow";

  /** Shorter names occur in prose by chance. */
  private static final int SHORTEST_NAME = 5;

  /** Names that many machines and users share, so that they identify none. */
  private static final Set<String> COMMON_NAMES =
      Set.of("localhost", "linux", "debian", "ubuntu", "docker", "runner", "jenkins", "vagrant");

  private static final Pattern MAC_ADDRESS =
      Pattern.compile(
          "(?<![0-9A-Za-z:-])[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\\1){4}[0-9A-Fa-f]{2}"
              + "(?![0-9A-Za-z:-])");
  private static final Pattern PERSONAL_PATH =
      Pattern.compile("(?<![\\w.~/-])/(?:home|Users|root)/");

  private final Map<String, List<Pattern>> patternsByKind;

  private Leaks(Map<String, List<Pattern>> patternsByKind) {
    this.patternsByKind = patternsByKind;
  }

  /**
   * One finding.
   *
   * @param kind what was found, such as {@code host name}
   * @param lineNumber the line, from 1
   * @param line the whole line
   */
  public record Leak(String kind, int lineNumber, String line) {}

  /**
   * Look for the names and folders of this machine, this user and this process.
   *
   * @return a guard
   */
  public static Leaks ofThisMachine() {
    return of(
            List.of(Path.of("").toAbsolutePath()),
            property("user.home"),
            property("java.io.tmpdir"),
            HostName.ofThisMachine(),
            System.getProperty("user.name", ""))
        .allowing(System.getProperty(ALLOW_PROPERTY, "").split(",", -1));
  }

  static Leaks of(
      Collection<Path> workingDirectory,
      Collection<Path> home,
      Collection<Path> temporary,
      Collection<String> hostNames,
      String user) {
    Map<String, List<Pattern>> patterns = new LinkedHashMap<>();
    patterns.put("MAC address", List.of(MAC_ADDRESS));
    patterns.put("path of the working directory", folders(workingDirectory));
    patterns.put("path of the home folder", folders(home));
    patterns.put("path of the temporary folder", folders(temporary));
    patterns.put("path of a personal folder", List.of(PERSONAL_PATH));
    patterns.put("host name", words(hostNames));
    patterns.put("user name", words(List.of(user)));
    return new Leaks(patterns);
  }

  /**
   * {@return a guard that lets these words pass, where a host or user has an ordinary word's name}
   *
   * @param words host or user names
   */
  public Leaks allowing(String... words) {
    Set<String> allowed = Set.copyOf(Arrays.asList(words));
    Map<String, List<Pattern>> fewer = new LinkedHashMap<>();
    patternsByKind.forEach((kind, patterns) ->
        fewer.put(
            kind,
            patterns.stream()
                .filter(pattern -> allowed.stream().noneMatch(w -> isWord(pattern, w)))
                .toList()));
    return new Leaks(fewer);
  }

  /**
   * Find every line of a text that leaks, once per kind.
   *
   * @param text any text
   * @return the findings, in the order of lines
   */
  public List<Leak> in(String text) {
    List<Leak> leaks = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      for (Map.Entry<String, List<Pattern>> kind : patternsByKind.entrySet()) {
        if (kind.getValue().stream().anyMatch(pattern -> pattern.matcher(line).find())) {
          leaks.add(new Leak(kind.getKey(), i + 1, line.strip()));
        }
      }
    }
    return leaks;
  }

  private static List<Path> property(String name) {
    String value = System.getProperty(name, "");
    return value.isEmpty() ? List.of() : List.of(Path.of(value));
  }

  /** Match a folder and what is in it, but not a longer name that begins or ends with it. */
  private static List<Pattern> folders(Collection<Path> folders) {
    return folders.stream()
        .filter(folder -> folder.isAbsolute() && folder.getNameCount() > 0)
        .map(folder -> folder.normalize().toString())
        .map(folder -> Pattern.compile("(?<![\\w.~/-])" + Pattern.quote(folder) + "(?![\\w-])"))
        .toList();
  }

  private static List<Pattern> words(Collection<String> names) {
    return names.stream()
        .filter(name -> name.length() >= SHORTEST_NAME && !COMMON_NAMES.contains(name))
        .map(Leaks::word)
        .toList();
  }

  private static Pattern word(String name) {
    return Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(name) + "(?![A-Za-z0-9_])");
  }

  private static boolean isWord(Pattern pattern, String name) {
    return pattern.pattern().equals(word(name).pattern());
  }
}

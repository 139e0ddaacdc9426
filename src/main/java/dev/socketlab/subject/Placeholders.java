package dev.socketlab.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands for something that is known at the start only: {@code {port}}, {@code {port:NAME}}
 * and {@code {file:NAME}}. Other words in braces are left alone, for a shell, a log format or JSON
 * has them too, and so is what follows a {@code $}; but not one that is a slip of the finger away
 * from ours.
 */
final class Placeholders {

  /** Its name among the ports is the empty one. */
  static final String MAIN_PORT = "";

  private static final Pattern WORD = Pattern.compile("(?<!\\$)\\{([A-Za-z]+)(:[^{}\\s]*)?}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");

  /** The letters of ours and of their plurals, sorted: one that transposes some has them too. */
  private static final List<String> LETTERS_OF_PORT = List.of("oprt", "oprst");

  private static final List<String> LETTERS_OF_FILE = List.of("efil", "efils");

  private final String subject;
  private final Map<String, Path> files;
  private final IntSupplier freePort;
  private final Map<String, Integer> ports = new LinkedHashMap<>();

  /**
   * Knows the files; a port that is not known yet is found when it is first met.
   *
   * @param subject its name, for messages
   * @param files where each file will be, by name
   * @param known ports that are to be taken again, by name
   */
  Placeholders(
      String subject, Map<String, Path> files, Map<String, Integer> known, IntSupplier freePort) {
    this.subject = subject;
    this.files = Map.copyOf(files);
    this.ports.putAll(known);
    this.freePort = freePort;
  }

  /** The ports met so far, by name. */
  Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  /**
   * Replaces what stands for something.
   *
   * @param where the text is, for messages
   */
  String fill(String text, String where) {
    return WORD.matcher(text)
        .replaceAll(found -> {
          String word = found.group(1);
          String colon = found.group(2);
          String value =
              switch (word) {
                case "port" -> Integer.toString(port(colon, found.group(), where));
                case "file" -> colon == null ? found.group() : file(colon.substring(1), where);
                default -> {
                  if (isASlip(word, colon != null)) {
                    throw refusal(found.group() + " is no placeholder", where);
                  }
                  yield found.group();
                }
              };
          return Matcher.quoteReplacement(value);
        });
  }

  private int port(@Nullable String colon, String found, String where) {
    String name = colon == null ? MAIN_PORT : colon.substring(1);
    if (colon != null && !NAME.matcher(name).matches()) {
      throw refusal(found + " names no port: a name begins with a letter", where);
    }
    return ports.computeIfAbsent(name, _ -> another());
  }

  private int another() {
    int port = freePort.getAsInt();
    while (ports.containsValue(port)) {
      port = freePort.getAsInt();
    }
    return port;
  }

  private String file(String name, String where) {
    Path file = files.get(name);
    if (file == null) {
      throw refusal(
          "{file:"
              + name
              + "} names no file of it, it has "
              + (files.isEmpty()
                  ? "none"
                  : String.join(", ", files.keySet().stream().sorted().toList()))
              + "; give it one with file(\""
              + name
              + "\", content)",
          where);
    }
    return file.toString();
  }

  private IllegalArgumentException refusal(String what, String where) {
    return new IllegalArgumentException(
        "subject %s, %s: %s; there are {port}, {port:NAME} and {file:NAME}"
            .formatted(subject, where, what));
  }

  private static boolean isASlip(String word, boolean hasName) {
    String letters =
        word.toLowerCase(Locale.ROOT)
            .chars()
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return LETTERS_OF_PORT.contains(letters) || (hasName && LETTERS_OF_FILE.contains(letters));
  }

  /** Writes the files into a folder that is made for them. */
  void write(Map<String, String> contents) throws IOException {
    for (Map.Entry<String, String> content : contents.entrySet()) {
      Path file = Objects.requireNonNull(files.get(content.getKey()));
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, fill(content.getValue(), "file " + content.getKey()));
    }
  }
}

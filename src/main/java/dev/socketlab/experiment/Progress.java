package dev.socketlab.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Tells a person how far the experiment is: one live line where the test's JVM has a terminal,
 * which a build's forked JVM reaches as {@code /dev/tty} only; plain lines everywhere else. {@code
 * socketlab.progress} = {@code live} or {@code plain} overrides the choice.
 */
final class Progress {

  private static final Path TERMINAL = Path.of("/dev/tty");
  private static final String ERASE_LINE = "\r\033[K";

  private final String experiment;
  private final boolean live;

  private Progress(String experiment, boolean live) {
    this.experiment = experiment;
    this.live = live;
  }

  static Progress of(String experiment, String choice) {
    return switch (choice) {
      case "live" -> new Progress(experiment, true);
      case "plain" -> new Progress(experiment, false);
      case "auto" -> new Progress(experiment, writeToTerminal(""));
      default ->
          throw new ParameterException(
              "socketlab.progress=" + choice + " is not known; give auto, live or plain");
    };
  }

  void started(Trial trial) {
    if (live) {
      writeToTerminal(ERASE_LINE + experiment + "  " + trial + " ...");
    }
  }

  void ended(Trial trial, String outcome) {
    String line = experiment + "  " + trial + (outcome.isEmpty() ? "" : "  " + outcome);
    if (live) {
      writeToTerminal(ERASE_LINE + line);
    } else {
      System.out.println(line);
    }
  }

  /** Ends the live line, so that what follows starts on a clean one. */
  void over() {
    if (live) {
      writeToTerminal(ERASE_LINE);
    }
  }

  void say(String line) {
    System.out.println(experiment + "  " + line);
  }

  private static boolean writeToTerminal(String text) {
    try {
      Files.write(TERMINAL, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
      return true;
    } catch (IOException _) {
      return false; // there is no terminal here; whoever asked falls back to plain lines
    }
  }
}

package dev.socketlab.subject;

import dev.socketlab.internal.os.Command;
import dev.socketlab.subject.internal.StraceParent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Faults of system calls as strace is told them, and what it says of them: a line for each call
 * that could have been given one.
 */
record Injection(List<SyscallFault> faults, SubjectOutput lines) {

  private static final String INJECTED = " (INJECTED)";
  private static final Pattern CALL =
      Pattern.compile("\\d+ +(?:<\\.\\.\\. )?(\\w+)(?:\\(| resumed>).*");

  /**
   * Tries the faults on a process that does nothing.
   *
   * @param name of the subject, for the message
   * @param programPath where a program is, for a test of one that is missing
   * @throws SubjectException if strace is missing, may not trace, or does not know a name
   */
  static void require(List<SyscallFault> faults, String name, UnaryOperator<String> programPath) {
    List<String> command = new ArrayList<>(List.of(programPath.apply(StraceParent.PROGRAM)));
    command.addAll(List.of("-f", "-o", "/dev/null", "-e", trace(faults)));
    faults.forEach(fault -> command.addAll(List.of("-e", fault.harmlessOption())));
    command.add("true");
    String obstacle =
        switch (Command.of(command).withErrorsInOutput().run()) {
          case Command.Ended ended when ended.exitCode() == 0 -> "";
          case Command.Ended ended ->
              ended.output().lines().map(String::strip).collect(Collectors.joining(" "));
          case Command.NotRun notRun when notRun.started() -> "strace " + notRun.why();
          case Command.NotRun notRun ->
              "strace cannot be started: %s; install it, on Debian: apt-get install strace"
                  .formatted(notRun.why());
        };
    if (!obstacle.isEmpty()) {
      throw new SubjectException(
          "subject %s cannot be given the faults %s: %s".formatted(name, faults, obstacle));
    }
  }

  /** The command in front of the subject's; calls that have no fault are not stopped at. */
  List<String> command() {
    Stream<String> options =
        Stream.of(
                Stream.of("--seccomp-bpf", "-qq", "-e", "signal=none", "-e", trace(faults)),
                faults.stream().flatMap(fault -> Stream.of("-e", fault.option())))
            .flatMap(part -> part);
    return List.of(
        StraceParent.command(lines.file().toAbsolutePath(), options.toArray(String[]::new)));
  }

  private static String trace(List<SyscallFault> faults) {
    return faults.stream()
        .flatMap(fault -> fault.calls().stream())
        .collect(Collectors.joining(",", "trace=", ""));
  }

  /** How often each call was given its fault so far; 0 for one that was not. */
  Map<String, Long> counted() {
    Map<String, Long> counts = new TreeMap<>();
    faults.forEach(fault -> fault.calls().forEach(call -> counts.put(call, 0L)));
    for (String line : lines.lines()) {
      if (line.endsWith(INJECTED)) {
        counts.merge(call(line).group(1), 1L, Long::sum);
      }
    }
    return counts;
  }

  private MatchResult call(String line) {
    Matcher call = CALL.matcher(line);
    if (!call.matches()) {
      throw new SubjectException("%s has a line of another form: %s".formatted(lines.file(), line));
    }
    return call;
  }
}

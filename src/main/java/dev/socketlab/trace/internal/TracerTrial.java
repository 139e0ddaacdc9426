package dev.socketlab.trace.internal;

import dev.socketlab.internal.os.Command;
import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.trace.Tracer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Tries a tracer on a process that does nothing. Looking at capabilities and settings would guess
 * what the kernel will say; this asks it.
 */
public record TracerTrial(Tracer tracer, UnaryOperator<String> programPath, String architecture) {

  private static final String PERF_EVENT = "syscalls:sys_enter_read";
  private static final Duration TIME_OUT = Duration.ofSeconds(10);
  private static final int LONGEST_REASON = 300;

  public TracerTrial(Tracer tracer) {
    this(tracer, program -> program);
  }

  public TracerTrial(Tracer tracer, UnaryOperator<String> programPath) {
    this(tracer, programPath, System.getProperty("os.arch", "unknown"));
  }

  public Optional<String> obstacle() {
    if (tracer == Tracer.BPFTRACE && !SyscallNames.areKnownFor(architecture)) {
      return Optional.of(
          "bpftrace shows system calls by number, and the numbers of "
              + architecture
              + " are not known here; use another tracer");
    }
    try {
      Process victim = new ProcessBuilder("cat").start();
      try {
        return attempt(victim);
      } finally {
        victim.destroyForcibly();
      }
    } catch (IOException failure) {
      return Optional.of("there is nothing to try it on: " + ErrorText.firstLine(failure));
    }
  }

  private Optional<String> attempt(Process victim) {
    Command.Outcome outcome =
        Command.of(command(victim.pid()))
            .within(TIME_OUT)
            .withErrorsInOutput()
            .watchedBy(line -> {
              if (line.endsWith("attached")) {
                victim.destroy();
              }
            })
            .run();
    return switch (outcome) {
      case Command.Ended ended -> {
        List<String> output = ended.output().lines().map(String::strip).toList();
        yield ended.exitCode() == 0 && isWhatWasAskedFor(output)
            ? Optional.empty()
            : Optional.of(refusal("exit code " + ended.exitCode(), output));
      }
      case Command.NotRun notRun when notRun.started() ->
          Optional.of(refusal("it " + notRun.why(), List.of()));
      case Command.NotRun notRun ->
          Optional.of(
              "%s cannot be started: %s %s; install it, on Debian: apt-get install %s"
                  .formatted(
                      tracer.program(),
                      programPath.apply(tracer.program()),
                      notRun.why(),
                      tracer.debianPackage()));
    };
  }

  /**
   * Where perf may not count in the kernel, it counts another event (…:u) and calls that success.
   */
  private boolean isWhatWasAskedFor(List<String> output) {
    return tracer != Tracer.PERF_STAT
        || output.stream().anyMatch(line -> line.contains("," + PERF_EVENT + ","));
  }

  private List<String> command(long victim) {
    String program = programPath.apply(tracer.program());
    return switch (tracer) {
      case STRACE -> List.of(program, "-f", "-c", "-o", "/dev/null", "true");
      case STRACE_ATTACHED ->
          List.of(program, "-c", "-o", "/dev/null", "-p", Long.toString(victim));
      case BPFTRACE ->
          List.of(
              program,
              "-e",
              "BEGIN { exit(); } tracepoint:raw_syscalls:sys_enter { @ = count(); }");
      case PERF_STAT ->
          List.of(program, "stat", "-x,", "-e", PERF_EVENT, "-p", Long.toString(victim), "true");
    };
  }

  private String refusal(String end, List<String> output) {
    String words = String.join(" ", output.stream().filter(line -> !line.isEmpty()).toList());
    return "%s cannot count here, %s: %s; it %s"
        .formatted(
            tracer.label(),
            end,
            words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "…" : words,
            tracer.need());
  }
}

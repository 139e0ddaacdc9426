package dev.socketlab.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Tries a tracer on a process that does nothing. Looking at capabilities and settings would guess
 * what the kernel will say; this asks it.
 */
record TracerTrial(Tracer tracer, UnaryOperator<String> programPath) {

  private static final String PERF_EVENT = "syscalls:sys_enter_read";
  private static final int TIME_OUT_S = 10;
  private static final int LONGEST_REASON = 300;

  TracerTrial(Tracer tracer) {
    this(tracer, program -> program);
  }

  Optional<String> obstacle() {
    try {
      Process victim = new ProcessBuilder("cat").start();
      try {
        return attempt(victim);
      } finally {
        victim.destroyForcibly();
      }
    } catch (IOException failure) {
      return Optional.of(
          "%s cannot be started: %s; install it, on Debian: apt-get install %s"
              .formatted(tracer.program(), failure.getMessage(), tracer.debianPackage()));
    }
  }

  private Optional<String> attempt(Process victim) throws IOException {
    Process tool = new ProcessBuilder(command(victim.pid())).redirectErrorStream(true).start();
    CompletableFuture.delayedExecutor(TIME_OUT_S, TimeUnit.SECONDS)
        .execute(tool::destroyForcibly); // a tool that hangs ends, and so does its output
    List<String> output = new ArrayList<>();
    try (BufferedReader lines = tool.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line.strip());
        if (line.endsWith("attached")) {
          victim.destroy();
        }
      }
    }
    int code = tool.onExit().join().exitValue();
    return code == 0 && isWhatWasAskedFor(output)
        ? Optional.empty()
        : Optional.of(refusal(code, output));
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

  private String refusal(int code, List<String> output) {
    String words = String.join(" ", output.stream().filter(line -> !line.isEmpty()).toList());
    return "%s cannot count here, exit code %d: %s; it %s"
        .formatted(
            tracer.label(),
            code,
            words.length() > LONGEST_REASON ? words.substring(0, LONGEST_REASON) + "…" : words,
            tracer.need());
  }
}

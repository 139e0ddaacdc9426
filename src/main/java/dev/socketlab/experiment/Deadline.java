package dev.socketlab.experiment;

import dev.socketlab.internal.os.OwnThread;
import dev.socketlab.internal.os.TimeOut;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long a method of an experiment may take. One that takes longer waits for something that does
 * not come: its subjects are ended, which ends most waits, and the run is invalid and says where
 * everything stood.
 */
final class Deadline {

  static final String KEY = "socketlab.deadline";

  private static final int DEFAULT_SECONDS = 300;
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_THREADS = 8;
  private static final int MOST_FRAMES = 16;

  private Deadline() {}

  /** A method did not end in time. */
  static final class DeadlinePassed extends RuntimeException {
    private static final long serialVersionUID = 1;

    DeadlinePassed(String message) {
      super(message);
    }
  }

  /** Calls a method of the experiment on the experiment's thread, for as long as it may take. */
  static <T> T call(ExperimentRun run, ExtensionContext context, Callable<T> method)
      throws Exception {
    OwnThread thread = run.thread();
    Duration atMost = of(context);
    return thread.call(method, atMost, () -> passed(run, context, thread.thread(), atMost));
  }

  /** As it is configured; for ever where a person may look at each step. */
  private static Duration of(ExtensionContext context) {
    int seconds = seconds(context.getConfigurationParameter(KEY).orElse(""));
    return seconds == 0 || isDebugged()
        ? OwnThread.FOR_EVER
        : TimeOut.scaled(Duration.ofSeconds(seconds));
  }

  static int seconds(String setting) {
    if (setting.isBlank()) {
      return DEFAULT_SECONDS;
    }
    try {
      int seconds = Integer.parseInt(setting.strip());
      if (seconds >= 0 && seconds <= MOST_SECONDS) {
        return seconds;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new ExtensionConfigurationException(
        "%s = \"%s\" (system property or junit-platform.properties) must be whole seconds from 1 to %d, or 0 for none"
            .formatted(KEY, setting, MOST_SECONDS));
  }

  private static boolean isDebugged() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .anyMatch(
            argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
  }

  private static DeadlinePassed passed(
      ExperimentRun run, ExtensionContext context, @Nullable Thread thread, Duration atMost) {
    String found =
        "%s did not end within %d s (%s)%s; where everything stood:%n%s%n%s"
            .formatted(
                context.getDisplayName(),
                atMost.toSeconds(),
                KEY,
                line(thread),
                driver(thread),
                run.lab().whereSubjectsStand());
    DeadlinePassed passed = new DeadlinePassed(found.strip());
    run.lab().endSubjects(passed);
    return passed;
  }

  /** The line of the user's that does not come to its end. */
  private static String line(@Nullable Thread method) {
    return method == null
        ? ""
        : Arrays.stream(method.getStackTrace())
            .filter(frame ->
                isOfTheUser(frame) && !frame.getClassName().startsWith("dev.socketlab.trace."))
            .findFirst()
            .map(frame ->
                ", at "
                    + frame.getMethodName()
                    + " ("
                    + frame.getFileName()
                    + ":"
                    + frame.getLineNumber()
                    + ")")
            .orElse("");
  }

  /** The stack of the method, and of each other thread that runs code of neither JDK nor JUnit. */
  private static String driver(@Nullable Thread method) {
    Map<Thread, StackTraceElement[]> stacks = Thread.getAllStackTraces();
    Stream<Map.Entry<Thread, StackTraceElement[]>> others =
        stacks.entrySet().stream()
            .filter(entry -> entry.getKey() != method && entry.getKey() != Thread.currentThread())
            .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(Deadline::isOfTheUser))
            .limit(MOST_THREADS);
    Stream<Map.Entry<Thread, StackTraceElement[]>> first =
        stacks.entrySet().stream().filter(entry -> entry.getKey() == method);
    return Stream.concat(first, others)
        .map(entry -> describe(entry.getKey(), List.of(entry.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private static String describe(Thread thread, List<StackTraceElement> stack) {
    long shown =
        Math.min(MOST_FRAMES, stack.stream().takeWhile(frame -> !isOfTheCaller(frame)).count());
    return "  thread %s (%s)%n%s"
        .formatted(
            thread.getName(),
            thread.getState(),
            stack.stream()
                .limit(shown)
                .map(frame -> "      at " + frame)
                .collect(Collectors.joining("\n")));
  }

  private static boolean isOfTheCaller(StackTraceElement frame) {
    return Stream.of(
            "java.lang.invoke.", "java.lang.reflect.", "jdk.internal.reflect.", "org.junit.")
        .anyMatch(frame.getClassName()::startsWith);
  }

  private static boolean isOfTheUser(StackTraceElement frame) {
    return Stream.of("java.", "jdk.", "sun.", "com.sun.", "org.junit.", "org.apache.maven.")
        .noneMatch(frame.getClassName()::startsWith);
  }
}

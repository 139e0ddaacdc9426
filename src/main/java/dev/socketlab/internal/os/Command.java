package dev.socketlab.internal.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command whose output is read by a program, in the network of the calling thread. It runs in the
 * locale C, because many tools write a number as the user's locale has it, for instance with a
 * decimal comma. Its output is read while it runs, and it is killed when its time is over.
 */
public final class Command {

  /** The variable that sets the locale, whatever else is set. */
  public static final String LOCALE_VARIABLE = "LC_ALL";

  /** The locale whose output a program can read. */
  public static final String LOCALE = "C";

  /** {@code error=24, Too many open files} of an older Java, {@code error: 24 (…)} of a newer. */
  private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d{1,4})\\b");

  private static final int ENOENT = 2;

  private final List<String> words;
  private Path directory = Path.of("");
  private Duration timeOut = Duration.ofSeconds(10);
  private String input = "";
  private boolean errorsInOutput;
  private Consumer<Map<String, String>> environment = _ -> {};
  private Consumer<String> watcher = _ -> {};

  private Command(List<String> words) {
    this.words = List.copyOf(words);
  }

  /** What became of a command. */
  public sealed interface Outcome {}

  /**
   * The command ended by itself.
   *
   * @param exitCode its exit code
   * @param output its standard output
   * @param errors its standard error; empty where that went to the output
   */
  public record Ended(int exitCode, String output, String errors) implements Outcome {}

  /**
   * The command could not be started, or did not end.
   *
   * @param why continues a sentence, and names no path, so that it can be published
   * @param started whether it was started
   */
  public record NotRun(String why, boolean started) implements Outcome {}

  /**
   * Describes a command, of 10 seconds at most by default.
   *
   * @param words the program and its arguments
   * @return the command; nothing runs before {@link #run}
   */
  public static Command of(List<String> words) {
    return new Command(words);
  }

  /**
   * Describes a command, of 10 seconds at most by default.
   *
   * @param words the program and its arguments
   * @return the command; nothing runs before {@link #run}
   */
  public static Command of(String... words) {
    return new Command(List.of(words));
  }

  /**
   * Sets the working directory.
   *
   * @param folder the directory
   * @return this
   */
  public Command in(Path folder) {
    this.directory = folder;
    return this;
  }

  /**
   * Bounds its time.
   *
   * @param atMost from its start to its end, on a {@linkplain TimeOut usual machine}
   * @return this
   */
  public Command within(Duration atMost) {
    this.timeOut = atMost;
    return this;
  }

  /**
   * Gives it something to read.
   *
   * @param text its standard input
   * @return this
   */
  public Command reading(String text) {
    this.input = text;
    return this;
  }

  /**
   * Takes its standard error into the output, in the order written.
   *
   * @return this
   */
  public Command withErrorsInOutput() {
    this.errorsInOutput = true;
    return this;
  }

  /**
   * Changes its environment.
   *
   * @param change takes the variables, in which the locale is set already
   * @return this
   */
  public Command environment(Consumer<Map<String, String>> change) {
    this.environment = change;
    return this;
  }

  /**
   * Watches its output.
   *
   * @param newWatcher is told each line as soon as it is written, on another thread
   * @return this
   */
  public Command watchedBy(Consumer<String> newWatcher) {
    this.watcher = newWatcher;
    return this;
  }

  /**
   * Runs it and waits for its end.
   *
   * @return how it ended, or why there is no telling
   */
  public Outcome run() {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(directory.toAbsolutePath().toFile())
            .redirectErrorStream(errorsInOutput);
    builder.environment().put(LOCALE_VARIABLE, LOCALE);
    environment.accept(builder.environment());
    try {
      return await(builder.start());
    } catch (IOException failure) {
      return new NotRun(whyNotStarted(failure), false);
    }
  }

  /** The whole message would name the working directory. */
  static String whyNotStarted(IOException failure) {
    Matcher error = ERROR.matcher(ErrorText.firstLine(failure));
    return error.find() && Integer.parseInt(error.group(1)) != ENOENT
        ? "cannot be started: " + ErrorText.of(Integer.parseInt(error.group(1)))
        : "is not on the path or cannot be started";
  }

  private Outcome await(Process process) {
    long deadlineNs = System.nanoTime() + TimeOut.scaled(timeOut).toNanos();
    try {
      feed(process.outputWriter(StandardCharsets.UTF_8));
      CompletableFuture<String> output = drain(process.getInputStream(), watcher);
      CompletableFuture<String> errors = drain(process.getErrorStream(), _ -> {});
      String text = output.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      String errorText = errors.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!process.waitFor(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return timedOut();
      }
      return new Ended(process.exitValue(), text, errorText);
    } catch (TimeoutException timeout) {
      return timedOut();
    } catch (ExecutionException failure) {
      return new NotRun("could not be read", true);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      return new NotRun("was interrupted", true);
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private NotRun timedOut() {
    return new NotRun("did not answer within " + TimeOut.scaled(timeOut).toMillis() + " ms", true);
  }

  /** A command that ends without reading its input says by itself why. */
  private void feed(Writer writer) {
    thread(() -> {
      try (writer) {
        writer.write(input);
      } catch (IOException _) {
        // See above.
      }
    });
  }

  private static CompletableFuture<String> drain(InputStream stream, Consumer<String> watcher) {
    CompletableFuture<String> text = new CompletableFuture<>();
    thread(() -> {
      try (stream) {
        text.complete(read(stream, watcher));
      } catch (IOException failure) {
        text.completeExceptionally(new UncheckedIOException(failure));
      }
    });
    return text;
  }

  private static String read(InputStream stream, Consumer<String> watcher) throws IOException {
    StringBuilder text = new StringBuilder();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int next = reader.read(); next >= 0; next = reader.read()) {
      text.append((char) next);
      if (next == '\n') {
        watcher.accept(line.toString());
        line.setLength(0);
      } else {
        line.append((char) next);
      }
    }
    return text.toString();
  }

  private static void thread(Runnable work) {
    Thread.ofPlatform().daemon().name("command").start(work);
  }
}

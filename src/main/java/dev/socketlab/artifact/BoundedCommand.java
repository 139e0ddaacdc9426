package dev.socketlab.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a command that only reads, in a neutral environment and a bounded time. Reasons name no
 * path, so that they can be published.
 */
final class BoundedCommand {
  /** What became of a command. */
  sealed interface Outcome {}

  /** The command ended by itself. */
  record Ended(int exitCode, String output, String errors) implements Outcome {}

  /** The command could not be started or did not end; the reason continues a sentence. */
  record NotRun(String why) implements Outcome {}

  private BoundedCommand() {}

  static Outcome run(List<String> command, Path directory, Duration timeOut) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toAbsolutePath().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
    try {
      return await(builder.start(), timeOut);
    } catch (IOException e) {
      return new NotRun("is not on the path or cannot be started");
    }
  }

  private static Outcome await(Process process, Duration timeOut) throws IOException {
    long deadlineNs = System.nanoTime() + timeOut.toNanos();
    try {
      process.getOutputStream().close();
      CompletableFuture<String> output = drain(process.getInputStream());
      CompletableFuture<String> errors = drain(process.getErrorStream());
      String text = output.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      String errorText = errors.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (!process.waitFor(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return timedOut(timeOut);
      }
      return new Ended(process.exitValue(), text, errorText);
    } catch (TimeoutException e) {
      return timedOut(timeOut);
    } catch (ExecutionException e) {
      return new NotRun("could not be read");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NotRun("was interrupted");
    } finally {
      if (process.isAlive()) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static NotRun timedOut(Duration timeOut) {
    return new NotRun("did not answer within " + timeOut.toMillis() + " ms");
  }

  private static CompletableFuture<String> drain(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("command-output")
        .start(() -> {
          try (stream) {
            text.complete(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.completeExceptionally(new UncheckedIOException(e));
          }
        });
    return text;
  }
}

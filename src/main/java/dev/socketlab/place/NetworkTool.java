package dev.socketlab.place;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code ip}, {@code tc} or {@code nft} in the network of the calling thread. */
enum NetworkTool {
  IP("ip", "iproute2"),
  TC("tc", "iproute2"),
  NFT("nft", "nftables");

  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private final String program;
  private final String debianPackage;

  NetworkTool(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  /**
   * Runs the tool and waits for its end.
   *
   * @param input what it reads; empty for nothing
   * @return what it printed
   * @throws UnsupportedOperationException with what it said, if it cannot be run or fails
   */
  String run(String input, List<String> arguments) {
    String command = program + " " + String.join(" ", arguments);
    Process process = start(arguments);
    try {
      try (Writer in = process.outputWriter()) {
        in.write(input);
      }
      if (!process.waitFor(AT_MOST.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException(
            command + " did not end within " + AT_MOST.toSeconds() + " s");
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new UnsupportedOperationException("`" + command + "` failed: " + said);
      }
      return said;
    } catch (IOException failure) {
      throw new IllegalStateException("lost the connection to " + command, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(command + " was interrupted", interruption);
    } finally {
      process.destroyForcibly();
    }
  }

  String run(String input, String... arguments) {
    return run(input, List.of(arguments));
  }

  private Process start(List<String> arguments) {
    ProcessBuilder builder = new ProcessBuilder(program).redirectErrorStream(true);
    builder.command().addAll(arguments);
    try {
      return builder.start();
    } catch (IOException failure) {
      throw new UnsupportedOperationException(
          program + " cannot be run; on Debian: apt-get install " + debianPackage, failure);
    }
  }
}

package dev.socketlab.network.internal;

import dev.socketlab.internal.os.Command;
import dev.socketlab.network.NetworkRefusedException;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code ip}, {@code tc} or {@code nft} in the network of the calling thread. */
public enum NetworkTool {
  IP("ip", "iproute2"),
  TC("tc", "iproute2"),
  NFT("nft", "nftables");

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
   * @throws NetworkRefusedException with what it said, if it cannot be run or fails
   */
  public String run(String input, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(arguments);
    return outcome(words, Command.of(words).reading(input).withErrorsInOutput().run());
  }

  public String run(String input, String... arguments) {
    return run(input, List.of(arguments));
  }

  private String outcome(List<String> words, Command.Outcome outcome) {
    String command = "`" + String.join(" ", words) + "`";
    return switch (outcome) {
      case Command.Ended ended when ended.exitCode() == 0 -> ended.output().strip();
      case Command.Ended ended ->
          throw new NetworkRefusedException(command + " failed: " + ended.output().strip());
      case Command.NotRun notRun when notRun.started() ->
          throw new IllegalStateException(command + " " + notRun.why());
      case Command.NotRun _ ->
          throw new NetworkRefusedException(
              program + " cannot be run; on Debian: apt-get install " + debianPackage);
    };
  }
}

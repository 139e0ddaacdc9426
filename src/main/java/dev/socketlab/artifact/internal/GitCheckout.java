package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import dev.socketlab.internal.os.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What git says about the project's folder, asked once and without taking its locks.
 *
 * @param commit the commit, or why there is none
 * @param workingTree clean or dirty, in words
 * @param dirtyInputs the inputs that differ from the commit, relative to the project
 */
record GitCheckout(String commit, String workingTree, List<String> dirtyInputs) {
  private static final Duration TIME_OUT = Duration.ofSeconds(2);
  private static final List<String> STATUS =
      List.of(
          "git",
          "-c",
          "core.fsmonitor=false",
          "status",
          "--porcelain=v2",
          "--branch",
          "--untracked-files=all",
          "-z");

  static GitCheckout of(Path project, List<String> inputs) {
    Path folder = project.toAbsolutePath().normalize();
    for (Path top = folder; top != null; top = top.getParent()) {
      if (Files.exists(top.resolve(".git"))) {
        String prefix = slashed(top.relativize(folder));
        return switch (neutral(Command.of(STATUS).in(folder).within(TIME_OUT)).run()) {
          case Command.Ended ended when ended.exitCode() == 0 ->
              judge(GitStatus.parse(ended.output()), prefix, inputs);
          case Command.Ended ended -> undetermined(refusal(ended));
          case Command.NotRun notRun -> undetermined("git " + notRun.why());
        };
      }
    }
    return new GitCheckout("no git checkout", "no git checkout", List.of());
  }

  /** A hook of git sets variables that point at another checkout. */
  static Command neutral(Command git) {
    return git.environment(variables -> {
      variables.keySet().removeIf(name -> name.startsWith("GIT_"));
      variables.put("GIT_OPTIONAL_LOCKS", "0");
    });
  }

  /** Tell the changes to inputs from those to other files; both are relative to the checkout. */
  static GitCheckout judge(GitStatus status, String prefix, List<String> inputs) {
    List<String> dirty =
        status.changed().stream()
            .filter(path -> prefix.isEmpty() || path.startsWith(prefix + "/"))
            .map(path -> prefix.isEmpty() ? path : path.substring(prefix.length() + 1))
            .filter(path -> inputs.stream().anyMatch(input -> isWithin(path, input)))
            .distinct()
            .sorted()
            .toList();
    String commit = status.commit().equals("(initial)") ? "no commit yet" : status.commit();
    return new GitCheckout(commit, words(status.changed().size(), dirty.size()), dirty);
  }

  private static String words(int changed, int dirtyInputs) {
    if (changed == 0) {
      return "clean";
    }
    return dirtyInputs == 0
        ? "inputs clean (other files changed: " + changed + ")"
        : "dirty (inputs changed: " + dirtyInputs + ")";
  }

  private static boolean isWithin(String path, String input) {
    return path.equals(input) || path.startsWith(input + "/");
  }

  private static GitCheckout undetermined(String why) {
    String unknown = Provenance.unknown(why);
    return new GitCheckout(unknown, unknown, List.of());
  }

  private static String refusal(Command.Ended ended) {
    return ended.errors().contains("dubious ownership")
        ? "git refuses a checkout that another user owns (see git's safe.directory)"
        : "git status ended with exit code " + ended.exitCode();
  }

  private static String slashed(Path relative) {
    return relative.toString().replace('\\', '/');
  }
}

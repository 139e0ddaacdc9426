package dev.socketlab.cli;

/**
 * What the process tells its parent.
 *
 * {@snippet lang="text" :
 * java -jar socketlab-cli.jar compare before.json after.json || test $? = 1   # changed
 * }
 */
final class ExitCode {
  /** Done; where runs were compared, nothing changed. */
  public static final int OK = 0;

  /** Two runs were compared, and something changed; or a law is broken. */
  public static final int CHANGED = 1;

  /** The arguments are wrong, or a file cannot be read or written; the reason is on stderr. */
  public static final int USAGE = 2;

  /** No law is broken, and one could not be judged or tried. */
  public static final int NOT_JUDGED = 3;

  /** The program has a defect; its stack trace is on stderr. */
  public static final int DEFECT = 70;

  private ExitCode() {}
}

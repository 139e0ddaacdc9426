package dev.socketlab.qsl.app;

import dev.socketlab.qsl.feed.FeedOutcome;

/** What the process tells its parent. */
public final class ExitCode {
  /** The command did what was asked. */
  public static final int OK = 0;

  /** The command could not do it, for instance because a port is taken; the reason is on stderr. */
  public static final int FAILURE = 1;

  /** The arguments are wrong; what is allowed is on stderr. */
  public static final int USAGE = 2;

  /** A command that is steered by its standard input saw it end too early. */
  public static final int ABANDONED = 3;

  private ExitCode() {}

  static int of(FeedOutcome outcome) {
    return switch (outcome) {
      case COMPLETED -> OK;
      case ABANDONED -> ABANDONED;
    };
  }
}

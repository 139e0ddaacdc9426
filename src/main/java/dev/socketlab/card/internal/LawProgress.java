package dev.socketlab.card.internal;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Says which law is being tried. */
final class LawProgress implements TestExecutionListener {
  private final PrintStream progress;

  LawProgress(PrintStream progress) {
    this.progress = progress;
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      progress.print("  " + test.getDisplayName() + " … ");
      progress.flush();
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      progress.println(
          switch (result.getStatus()) {
            case SUCCESSFUL -> "done";
            case ABORTED -> "could not be judged";
            case FAILED -> "broken";
          });
    }
  }
}

package dev.socketlab.place;

import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Does not wait: the subject waits itself, more closely than once a second. */
final class AtOnce extends AbstractWaitStrategy {

  @Override
  protected void waitUntilReady() {
    // Nothing to wait for.
  }
}

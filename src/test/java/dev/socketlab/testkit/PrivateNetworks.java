package dev.socketlab.testkit;

import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.network.internal.PrivateNetworkThread;
import org.opentest4j.TestAbortedException;

/** Private networks for tests that are skipped, with the reason, where none can be had. */
public final class PrivateNetworks {

  private PrivateNetworks() {}

  /** Opens one, or skips the test. */
  public static PrivateNetworkThread openOrSkip() {
    try {
      return PrivateNetworkThread.open();
    } catch (NetworkRefusedException refusal) {
      throw new TestAbortedException(String.valueOf(refusal.getMessage()), refusal);
    }
  }
}

package dev.socketlab.network.internal;

import dev.socketlab.internal.os.OwnThread;
import dev.socketlab.network.NetworkRefusedException;
import dev.socketlab.probe.Sysctl;
import java.util.concurrent.Callable;

/**
 * A platform thread in a network namespace of its own, whose loopback device is up. Sockets that it
 * opens, platform threads that it starts and processes that it forks are in that network; the rest
 * of the JVM stays outside, and with it the common pool and the carriers of virtual threads. The
 * kernel removes the network with the last thread, process and socket in it; the JVM's own thread
 * that waits for a forked process lingers for up to a minute.
 *
 * <p>Needs Linux and CAP_SYS_ADMIN, and a JVM flag {@code --enable-native-access=ALL-UNNAMED} to be
 * quiet about the foreign functions that it calls.
 *
 * {@snippet :
 * try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
 *   ProtocolCounters counters = network.call(() -> ProtocolCounters.read());
 * }
 * }
 */
public final class PrivateNetworkThread implements AutoCloseable {

  private final OwnThread thread = new OwnThread("private-network");

  /** A thread that has not moved. */
  public PrivateNetworkThread() {}

  /**
   * Starts the thread and moves it to a network of its own.
   *
   * @return the thread, ready for calls
   * @throws NetworkRefusedException with the kernel's reason where that is not allowed
   */
  public static PrivateNetworkThread open() {
    Sysctl.rememberThoseOfTheHost();
    PrivateNetworkThread thread = new PrivateNetworkThread();
    try {
      thread.call(() -> {
        NetworkNamespace.enterNew();
        return true;
      });
      return thread;
    } catch (RuntimeException | Error failure) {
      thread.close();
      throw failure;
    } catch (Throwable failure) {
      thread.close();
      throw new IllegalStateException("cannot open a private network", failure);
    }
  }

  /**
   * Runs something in the private network and waits for it. An interruption of the caller is handed
   * on to the thread. Where the caller is that thread, it is simply run.
   *
   * @param work what to run
   * @param <T> the type of its result
   * @return its result
   * @throws Exception what it threw
   */
  public <T> T call(Callable<T> work) throws Exception {
    return thread.call(work);
  }

  /**
   * The thread itself, for the framework.
   *
   * @return the thread
   */
  public OwnThread thread() {
    return thread;
  }

  /** Ends the thread; the network ends with the last socket and process in it. */
  @Override
  public void close() {
    thread.close();
  }
}

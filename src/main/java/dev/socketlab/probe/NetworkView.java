package dev.socketlab.probe;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Choose whose network the probes read: a directory like {@code /proc/<task>/net}.
 *
 * <p>On Linux a network namespace belongs to a thread, not to a process. A thread that called
 * {@code unshare(CLONE_NEWNET)} sees its own devices, sockets and counters, while {@code /proc/net}
 * and {@code /proc/self/net} show those of the process's main thread. Hence the default of every
 * probe, {@link #ofCallingThread()}.
 *
 * {@snippet :
 * TcpSockets sockets = TcpSockets.readListeners(NetworkView.ofProcess(container.pid()));
 * }
 *
 * @param directory where the files {@code udp}, {@code snmp}, {@code dev} and so on are read
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record NetworkView(Path directory) {

  /**
   * See the network that the thread which <em>reads</em> is in ({@code /proc/thread-self/net}).
   *
   * <p>The path is resolved at each read, so one value serves all threads, each with its own view.
   * Read from a platform thread: a virtual thread is in the network of whatever carrier it is
   * mounted on.
   *
   * @return the view
   */
  public static NetworkView ofCallingThread() {
    return new NetworkView(Path.of("/proc/thread-self/net"));
  }

  /**
   * See the network of a process, that is, of its main thread ({@code /proc/<pid>/net}).
   *
   * @param pid a process of the reader's pid namespace
   * @return the view; reading through it fails once the process has ended
   */
  public static NetworkView ofProcess(long pid) {
    return new NetworkView(Path.of("/proc", Long.toString(pid), "net"));
  }

  Path file(String name) {
    return directory.resolve(name);
  }
}

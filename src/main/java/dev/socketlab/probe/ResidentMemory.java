package dev.socketlab.probe;

import java.nio.file.Path;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How much memory of a process is resident now: {@code VmRSS} of {@code /proc/<pid>/status}.
 *
 * <p>The kernel keeps the sum in counters for each CPU and thread and may be some dozens of pages
 * behind; see {@code proc_pid_status(5)}. {@link ProcessUsage#peakRssKb} is the largest so far.
 *
 * {@snippet :
 * long kibibytes = ResidentMemory.kilobytes(server.pid());
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ResidentMemory {

  private ResidentMemory() {}

  /**
   * Reads the resident set.
   *
   * {@snippet :
   * long before = ResidentMemory.kilobytes(server.pid());
   * openConnections(1_000);
   * long perConnection = (ResidentMemory.kilobytes(server.pid()) - before) / 1_000;
   * }
   *
   * @param pid a process of the reader's pid namespace
   * @return units of 1024 bytes
   * @throws ProbeException if there is no such process or the file cannot be parsed
   */
  public static long kilobytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    return new TaskStatus(status.toString(), KernelText.lines(status)).kilobytes("VmRSS");
  }
}

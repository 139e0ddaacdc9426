package dev.socketlab.trace;

import dev.socketlab.probe.ProbeException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Calls per operation of every system call that two runs made.
 *
 * {@snippet :
 * SyscallSlopes slopes = ofN.slope(ofTwoN, 1_000, 2_000);
 * double writes = slopes.perOperation("write");
 * }
 *
 * @param tool what counted
 * @param slopes name to slope, in alphabetical order
 * @param exhaustive whether every system call was watched, see {@link SyscallCounts}
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record SyscallSlopes(String tool, Map<String, SyscallSlope> slopes, boolean exhaustive) {

  @SuppressWarnings("doclint:missing")
  public SyscallSlopes {
    slopes = Collections.unmodifiableMap(new TreeMap<>(slopes));
  }

  /**
   * Tell the calls per operation.
   *
   * @param name the kernel's name, for instance {@code accept4}
   * @return the slope; 0 when it was watched and neither run made it
   * @throws ProbeException if it was not watched
   */
  public double perOperation(String name) {
    SyscallSlope slope = slopes.get(name);
    if (slope != null) {
      return slope.perOperation();
    }
    if (!exhaustive) {
      throw ProbeException.inconsistent(
          tool,
          "system call was not watched: name=%s, watched=%s".formatted(name, slopes.keySet()));
    }
    return 0;
  }
}

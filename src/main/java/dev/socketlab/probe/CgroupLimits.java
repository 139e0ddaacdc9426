package dev.socketlab.probe;

import dev.socketlab.probe.internal.Line;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * What the kernel lets the control group of a process use, read from the group itself: {@code
 * cpu.max} and {@code memory.max} (version 2), or {@code cpu.cfs_quota_us}, {@code
 * cpu.cfs_period_us} and {@code memory.limit_in_bytes} (version 1). A group above it may allow
 * less.
 *
 * {@snippet :
 * String limits = CgroupLimits.ofProcess(server.pid()).describe();
 * }
 *
 * @param version of the control group that limits the CPU, 1 or 2
 * @param cpuQuotaUs CPU time in each period, in microseconds; empty where there is no limit
 * @param cpuPeriodUs the length of a period in microseconds
 * @param memoryBytes memory in bytes; empty where there is no limit
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record CgroupLimits(
    int version, OptionalLong cpuQuotaUs, long cpuPeriodUs, OptionalLong memoryBytes) {

  private static final String NO_LIMIT = "max";

  /**
   * Version 1 writes the largest multiple of a page size for no limit, which differs by machine.
   */
  private static final long AS_GOOD_AS_NO_LIMIT = 1L << 60;

  /**
   * Read the limits of a process.
   *
   * @param pid a process of the reader's pid namespace
   * @return its limits
   * @throws ProbeException if the process has ended or a file cannot be read or parsed
   */
  public static CgroupLimits ofProcess(long pid) {
    Cgroup group = Cgroup.ofProcess(pid);
    Cgroup.Folder cpu = group.of("cpu");
    Cgroup.Folder memory = group.of("memory");
    return cpu.version() == 2
        ? parse(line(cpu, "cpu.max"), memory(memory))
        : new CgroupLimits(
            1,
            quota(line(cpu, "cpu.cfs_quota_us")),
            number(line(cpu, "cpu.cfs_period_us"), 0),
            memory(memory));
  }

  static CgroupLimits parse(Line cpuMax, OptionalLong memoryBytes) {
    List<String> fields = cpuMax.fields(2);
    OptionalLong quota =
        fields.getFirst().equals(NO_LIMIT)
            ? OptionalLong.empty()
            : OptionalLong.of(number(cpuMax, 0));
    return new CgroupLimits(2, quota, number(cpuMax, 1), memoryBytes);
  }

  /** In version 1 a quota of -1 is none. */
  static OptionalLong quota(Line line) {
    long quota = number(line, 0);
    return quota < 0 ? OptionalLong.empty() : OptionalLong.of(quota);
  }

  static OptionalLong memory(Line line) {
    if (line.text().strip().equals(NO_LIMIT)) {
      return OptionalLong.empty();
    }
    long bytes = number(line, 0);
    return bytes >= AS_GOOD_AS_NO_LIMIT ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private static OptionalLong memory(Cgroup.Folder folder) {
    return memory(line(folder, folder.version() == 2 ? "memory.max" : "memory.limit_in_bytes"));
  }

  private static Line line(Cgroup.Folder folder, String name) {
    String file = folder.file(name).toString();
    return new Line(file, 1, KernelText.read(folder.file(name)).stripTrailing());
  }

  private static long number(Line line, int field) {
    return line.signed(line.fields(1, 2).get(field), line.source());
  }

  /**
   * Say what is allowed, for an artifact.
   *
   * @return for instance {@code cgroup v2: CPU 0.50 (50000 of 100000 µs), memory unlimited}
   */
  public String describe() {
    String cpu =
        cpuQuotaUs.isEmpty()
            ? "unlimited"
            : String.format(
                Locale.ROOT,
                "%.2f (%d of %d µs)",
                (double) cpuQuotaUs.getAsLong() / cpuPeriodUs,
                cpuQuotaUs.getAsLong(),
                cpuPeriodUs);
    String memory = memoryBytes.isEmpty() ? "unlimited" : memoryBytes.getAsLong() + " bytes";
    return "cgroup v%s: CPU %s, memory %s".formatted(version, cpu, memory);
  }
}

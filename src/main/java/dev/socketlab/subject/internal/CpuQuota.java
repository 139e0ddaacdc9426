package dev.socketlab.subject.internal;

import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.probe.CgroupCpu;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.subject.SubjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A control group for a process and all that it has started, below one that this process is in, and
 * a quota of CPU for it: {@code cpu.max} (version 2), {@code cpu.cfs_quota_us} (version 1). Closing
 * it puts the processes back and removes the group; where this JVM is killed, {@link ProcessGuard}
 * does.
 *
 * {@snippet :
 * try (CpuQuota quota = CpuQuota.group(server.pid())) {
 *   quota.set(1_000, 100_000);
 * }
 * }
 */
public final class CpuQuota implements AutoCloseable {
  private static final String PROCESSES = "cgroup.procs";
  private static final String CONTROLLERS_OF_CHILDREN = "cgroup.subtree_control";
  private static final int MOST_LISTINGS = 100;

  private final Path group;
  private final Path home;
  private final List<Long> members;

  private CpuQuota(Path group, Path home, List<Long> members) {
    this.group = group;
    this.home = home;
    this.members = members;
  }

  /**
   * Makes a group and moves a process, and all that it has started, into it.
   *
   * @param pid the process
   * @return the group, without a quota
   * @throws SubjectException if that cannot be done here; the message says why
   */
  public static CpuQuota group(long pid) {
    Path group = null;
    try {
      Path home = CgroupCpu.folder(pid);
      group =
          parent(CgroupCpu.folder(ProcessHandle.current().pid()))
              .orElseThrow(() ->
                  new SubjectException(
                      "no control group above this process gives its children the controller cpu"
                          + " (cgroup.subtree_control)"))
              .resolve("socketlab-" + ProcessHandle.current().pid());
      ProcessGuard.removeGroup(group);
      Files.createDirectory(group);
      return new CpuQuota(group, home, moved(pid, group));
    } catch (IOException | ProbeException failure) {
      removeIfThere(group);
      throw new SubjectException(
          "a control group cannot be made or used, which root may where"
              + " /sys/fs/cgroup is writable: "
              + ErrorText.firstLine(failure),
          failure);
    }
  }

  /**
   * In version 1 any group may have children with a quota; in version 2 its parent must allow it.
   */
  private static Optional<Path> parent(Path own) throws IOException {
    for (Path folder = own; folder != null; folder = folder.getParent()) {
      if (!Files.exists(folder.resolve(PROCESSES))) {
        break;
      }
      Path enabled = folder.resolve(CONTROLLERS_OF_CHILDREN);
      if (!Files.exists(enabled)
          || List.of(Files.readString(enabled).strip().split(" ", -1)).contains("cpu")) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** Until no other has been forked meanwhile by one that was not yet moved. */
  private static List<Long> moved(long pid, Path group) throws IOException {
    List<Long> moved = List.of();
    for (int listing = 0; listing < MOST_LISTINGS; listing++) {
      List<Long> all =
          ProcessHandle.of(pid).stream()
              .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
              .map(ProcessHandle::pid)
              .toList();
      if (all.equals(moved)) {
        return moved;
      }
      for (long one : all) {
        move(one, group);
      }
      moved = all;
    }
    throw new IOException("pid " + pid + " starts processes all the time");
  }

  private static void move(long pid, Path group) throws IOException {
    try {
      Files.writeString(group.resolve(PROCESSES), Long.toString(pid));
    } catch (IOException failure) {
      if (ProcessHandle.of(pid).isPresent()) {
        throw failure;
      }
    }
  }

  /**
   * Sets the quota.
   *
   * @param quotaUs CPU time in each period, in microseconds, at least 1,000
   * @param periodUs the length of a period, from 1,000 to 1,000,000
   * @throws SubjectException if the kernel refuses it
   */
  public void set(long quotaUs, long periodUs) {
    write(Long.toString(quotaUs), periodUs);
  }

  /** Takes the quota away. */
  public void lift() {
    write("none", 100_000);
  }

  private void write(String quota, long periodUs) {
    try {
      if (Files.exists(group.resolve("cpu.max"))) {
        Files.writeString(group.resolve("cpu.max"), quota.replace("none", "max") + " " + periodUs);
      } else {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(periodUs));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), quota.replace("none", "-1"));
      }
    } catch (IOException failure) {
      throw new SubjectException(
          "a quota of CPU is refused: quotaUs=%s, periodUs=%d, %s"
              .formatted(quota, periodUs, ErrorText.firstLine(failure)),
          failure);
    }
  }

  /** Puts the processes back to where the first of them was, and removes the group. */
  @Override
  public void close() {
    lift();
    try {
      for (long pid : members) {
        move(pid, home);
      }
      for (String pid : Files.readAllLines(group.resolve(PROCESSES))) {
        move(Long.parseLong(pid), home); // it was started since
      }
      Files.delete(group);
    } catch (IOException failure) {
      throw new SubjectException(
          "a control group is not removed, remove it when its processes have ended: " + group,
          failure);
    }
  }

  private static void removeIfThere(@Nullable Path group) {
    try {
      if (group != null) {
        Files.deleteIfExists(group);
      }
    } catch (IOException _) {
      // the guard will
    }
  }
}

package dev.socketlab.probe;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The control group that a process is in, found through {@code /proc/<pid>/cgroup} and the mounts
 * of {@code /proc/self/mountinfo} (man 7 cgroups): one tree for all controllers (version 2), one
 * for each (version 1), or both side by side, where a controller belongs to one of them.
 *
 * @param source the file that named it, for messages
 * @param memberships the lines of {@code /proc/<pid>/cgroup}: number, controllers, path
 * @param mounts the lines of {@code /proc/self/mountinfo}
 */
record Cgroup(String source, List<String> memberships, List<String> mounts) {

  private static final int ROOT = 3;
  private static final int MOUNT_POINT = 4;
  private static final int OCTAL = 8;
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  /** A folder of control files, and in which version's words they are written. */
  record Folder(int version, Path path) {

    Path file(String name) {
      return path.resolve(name);
    }
  }

  static Cgroup ofProcess(long pid) {
    Path file = Path.of("/proc", Long.toString(pid), "cgroup");
    return new Cgroup(
        file.toString(), KernelText.lines(file), KernelText.lines(Path.of("/proc/self/mountinfo")));
  }

  /**
   * Where a controller's files are: in version 1 if it has a tree of its own, else in version 2.
   */
  Folder of(String controller) {
    return folder(1, controller)
        .or(() -> folder(2, ""))
        .orElseThrow(() ->
            ProbeException.incomplete(
                source, "a mounted cgroup with the controller " + controller));
  }

  private Optional<Folder> folder(int version, String controller) {
    Optional<String> path = membership(controller);
    return path.isEmpty()
        ? Optional.empty()
        : mounts.stream()
            .map(line -> line.split(" - ", 2))
            .filter(halves -> halves.length == 2 && isMount(halves[1], version, controller))
            .map(halves -> halves[0].split(" "))
            .map(fields ->
                below(unescaped(fields[ROOT]), Path.of(unescaped(fields[MOUNT_POINT])), path.get()))
            .map(folder -> new Folder(version, folder))
            .findFirst();
  }

  private Optional<String> membership(String controller) {
    return memberships.stream()
        .map(line -> line.split(":", 3))
        .filter(fields -> fields.length == 3)
        .filter(fields ->
            controller.isEmpty()
                ? fields[0].equals("0") && fields[1].isEmpty()
                : Arrays.asList(fields[1].split(",")).contains(controller))
        .map(fields -> fields[2])
        .findFirst();
  }

  /** After the dash: type, source, options of the whole file system. */
  private static boolean isMount(String rest, int version, String controller) {
    String[] fields = rest.split(" ");
    return version == 2
        ? fields[0].equals("cgroup2")
        : fields[0].equals("cgroup")
            && fields.length == 3
            && Arrays.asList(fields[2].split(",")).contains(controller);
  }

  /** A mount in a container may show the tree from the container's own group downwards. */
  private static Path below(String root, Path mountPoint, String path) {
    Path group = Path.of(path);
    Path relative = group.startsWith(root) ? Path.of(root).relativize(group) : group;
    return mountPoint.resolve(relative.toString().replaceFirst("^/+", "")).normalize();
  }

  /** Space, tab, line feed and backslash stand in mountinfo as three octal digits. */
  private static String unescaped(String field) {
    return ESCAPE
        .matcher(field)
        .replaceAll(escape ->
            Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), OCTAL))));
  }
}

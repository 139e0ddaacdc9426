package dev.socketlab.probe;

import dev.socketlab.internal.os.KernelFiles;
import dev.socketlab.probe.internal.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Read kernel settings below {@code /proc/sys} by their dotted names.
 *
 * <p>A dot in the name is a directory; write a slash for a dot inside a component, as {@code
 * sysctl(8)} does ({@code net.ipv4.conf.eth0/1.rp_filter}).
 *
 * <p>Names below {@code net} are looked up in the network of the calling thread. A private network
 * does not show what it does not have for itself: {@code net.core.netdev_max_backlog}, and before
 * Linux 6.11 {@code net.core.rmem_max} and {@code rmem_default} too. Of {@code net.core} the host's
 * value is read then, which is the one in force; it is remembered from when the first private
 * network was made. Where the whole JVM is in a network of its own, it is not known.
 *
 * {@snippet :
 * long most = Sysctl.number("net.core.rmem_max");
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class Sysctl {
  private static final Path ROOT = Path.of("/proc/sys");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*");

  private static final String OF_ALL_NETWORKS = "net/core";

  /** By file. */
  private static final Map<Path, String> OF_THE_HOST = new ConcurrentHashMap<>();

  private Sysctl() {}

  /**
   * Read a setting as text.
   *
   * @param name for instance {@code kernel.osrelease}
   * @return its value without the line end
   * @throws ProbeException if it does not exist here or cannot be read
   */
  public static String text(String name) {
    return text(ROOT, name);
  }

  /**
   * Read a setting that may not exist.
   *
   * @param name for instance {@code kernel.io_uring_disabled}
   * @return its value without the line end; empty only when this kernel, or this network, does not
   *     have the setting
   * @throws ProbeException if it exists and cannot be read
   */
  public static Optional<String> find(String name) {
    return find(ROOT, name);
  }

  /**
   * Read a setting that is one number.
   *
   * @param name for instance {@code net.core.somaxconn}
   * @return its value, in the setting's own unit
   * @throws ProbeException if it does not exist here, cannot be read, or is not one number of 64
   *     bits
   */
  public static long number(String name) {
    return number(ROOT, name);
  }

  /**
   * Read a setting that is several numbers.
   *
   * @param name for instance {@code net.ipv4.ip_local_port_range}
   * @return its values in order, at least one
   * @throws ProbeException if it does not exist here, cannot be read, or is not numbers of 64 bits
   */
  public static List<Long> numbers(String name) {
    return numbers(ROOT, name);
  }

  /**
   * Remember the settings of {@code net.core} in the network of the calling thread, before a thread
   * of this process leaves it. The framework calls this; a second call does nothing.
   *
   * @throws ProbeException if they cannot be read
   */
  public static void rememberThoseOfTheHost() {
    if (OF_THE_HOST.isEmpty()) {
      rememberThoseOfTheHost(ROOT);
    }
  }

  static void rememberThoseOfTheHost(Path root) {
    Path folder = root.resolve(OF_ALL_NETWORKS);
    if (!Files.isDirectory(folder)) {
      return; // not Linux, or no procfs: whoever asks for a setting is told
    }
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(Files::isRegularFile).forEach(Sysctl::remember);
    } catch (IOException e) {
      throw ProbeException.unreadable(folder.toString(), e);
    }
  }

  /** Some may be read by few; whoever asks for one of those is told so by the kernel itself. */
  private static void remember(Path file) {
    try {
      OF_THE_HOST.put(file, KernelFiles.read(file).stripTrailing());
    } catch (IOException _) {
      // See above.
    }
  }

  static String text(Path root, String name) {
    return find(root, name).orElseGet(() -> KernelText.read(file(root, name)));
  }

  static Optional<String> find(Path root, String name) {
    Path file = file(root, name);
    try {
      return Optional.of(KernelFiles.read(file).stripTrailing());
    } catch (NoSuchFileException _) {
      return Optional.ofNullable(OF_THE_HOST.get(file));
    } catch (IOException e) {
      throw ProbeException.unreadable(file.toString(), e);
    }
  }

  static long number(Path root, String name) {
    List<Long> numbers = numbers(root, name);
    if (numbers.size() != 1) {
      throw line(root, name).malformed("one number, found " + numbers.size());
    }
    return numbers.getFirst();
  }

  static List<Long> numbers(Path root, String name) {
    Line line = line(root, name);
    List<String> fields = line.fields();
    if (fields.isEmpty()) {
      throw line.malformed("at least one number");
    }
    return fields.stream().map(field -> line.signed(field, name)).toList();
  }

  private static Line line(Path root, String name) {
    return new Line(file(root, name).toString(), 1, text(root, name));
  }

  /**
   * Find where a setting is.
   *
   * @param name its dotted name
   * @return the file, which need not exist
   */
  public static Path file(String name) {
    return file(ROOT, name);
  }

  private static Path file(Path root, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not the name of a kernel setting: name=\"%s\", allowed=%s".formatted(name, NAME));
    }
    Path file = root;
    for (String component : name.split("\\.", -1)) {
      file = file.resolve(component.replace('/', '.'));
    }
    return file;
  }
}

package dev.socketlab.probe;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Read kernel settings below {@code /proc/sys} by their dotted names.
 *
 * <p>A dot in the name is a directory; write a slash for a dot inside a component, as {@code
 * sysctl(8)} does ({@code net.ipv4.conf.eth0/1.rp_filter}). Names below {@code net} are looked up
 * in the network of the calling thread, where some do not exist: {@code
 * net.core.netdev_max_backlog} is only in the host's, {@code net.core.rmem_max} in both (Linux
 * 6.18).
 *
 * <pre>{@code
 * long most = Sysctl.number("net.core.rmem_max");
 * }</pre>
 */
public final class Sysctl {
  private static final Path ROOT = Path.of("/proc/sys");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*");

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

  static String text(Path root, String name) {
    return KernelText.read(file(root, name)).stripTrailing();
  }

  static Optional<String> find(Path root, String name) {
    Path file = file(root, name);
    try {
      return Optional.of(KernelText.readOrFail(file).stripTrailing());
    } catch (NoSuchFileException _) {
      return Optional.empty();
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

package dev.socketlab.network;

import dev.socketlab.internal.os.HostThread;
import dev.socketlab.probe.Sysctl;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes settings of one network. Which ones a network has for itself is not in a list here: in a
 * network that is not the first one, the kernel shows those alone, or lets the others only be read.
 */
final class NetworkSetting {
  private NetworkSetting() {}

  /**
   * Set it.
   *
   * @return its value before
   */
  static String set(NetworkHost host, String name, String value) {
    if (!name.startsWith("net.")) {
      throw new IllegalArgumentException(
          "only settings below net. belong to a network: setting=" + name);
    }
    try {
      return host.call(() -> {
        String before = Sysctl.find(name).orElse("");
        write(name, value, before);
        return before;
      });
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("%s = %s was not set".formatted(name, value), failure);
    }
  }

  private static void write(String name, String value, String before) throws Exception {
    try {
      // Not to be made where it is missing; one call of write, because the kernel parses each.
      Files.writeString(Sysctl.file(name), value + "\n", StandardOpenOption.WRITE);
    } catch (NoSuchFileException missing) {
      throw new NetworkRefusedException(missing(name));
    } catch (AccessDeniedException denied) {
      throw new NetworkRefusedException(
          "%s = %s is the host's and can only be read in a private network"
              .formatted(name, before));
    } catch (IOException refused) {
      throw new IllegalArgumentException(
          "the kernel does not take %s = %s; it is %s: %s"
              .formatted(name, value, before, refused.getMessage()),
          refused);
    }
  }

  private static String missing(String name) throws Exception {
    Optional<String> ofTheHost = HostThread.call(() -> Sysctl.find(name));
    return ofTheHost.isPresent()
        ? "%s = %s is the host's, and a private network has none of its own"
            .formatted(name, ofTheHost.get())
        : "this kernel, %s, has no setting %s, neither in a private network nor where the run started"
            .formatted(Sysctl.text("kernel.osrelease"), name);
  }
}

package dev.socketlab.gate;

import dev.socketlab.internal.os.OperatingSystem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Compares the system property {@code os.name} with what was asked for. */
final class OsDetector implements GateDetector<RequiresOs> {

  @Override
  public String name(RequiresOs gate) {
    return "os";
  }

  @Override
  public GateFinding detect(RequiresOs gate) {
    return detect(List.of(gate.value()), OperatingSystem.name());
  }

  static GateFinding detect(List<Os> wanted, String found) {
    if (wanted.isEmpty()) {
      throw new ExtensionConfigurationException(
          "@RequiresOs: `value` is empty; name at least one of " + Arrays.toString(Os.values()));
    }
    String names = wanted.stream().map(Os::label).collect(Collectors.joining(" or "));
    return wanted.contains(Os.of(found))
        ? GateFinding.open("this is " + found)
        : GateFinding.closed("needs " + names + ", this is " + found);
  }
}

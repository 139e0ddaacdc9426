package dev.socketlab.artifact.internal;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses {@code /proc/cpuinfo}: one block of {@code key : value} lines per processor. x86 kernels
 * write a {@code model name}; 64-bit ARM kernels only the codes of implementer and part.
 */
final class CpuInfo {
  private static final Map<String, String> ARM_IMPLEMENTERS =
      Map.of("0x41", "ARM", "0x61", "Apple", "0xc0", "Ampere", "0x48", "HiSilicon");

  private CpuInfo() {}

  static Optional<String> model(String cpuinfo) {
    return value(cpuinfo, "model name").or(() -> armCodes(cpuinfo)).or(() -> value(cpuinfo, "cpu"));
  }

  static Optional<String> onlineProcessors(String cpuinfo) {
    long count = lines("processor").matcher(cpuinfo).results().count();
    return count == 0 ? Optional.empty() : Optional.of(Long.toString(count));
  }

  /** Tell whether an x86 kernel sees a hypervisor; other architectures have no such flag. */
  static boolean hypervisorFlag(String cpuinfo) {
    return value(cpuinfo, "flags")
        .filter(flags -> (" " + flags + " ").contains(" hypervisor "))
        .isPresent();
  }

  private static Optional<String> armCodes(String cpuinfo) {
    return value(cpuinfo, "CPU implementer")
        .flatMap(implementer ->
            value(cpuinfo, "CPU part")
                .map(part ->
                    "%s implementer %s, part %s"
                        .formatted(
                            ARM_IMPLEMENTERS.getOrDefault(implementer, "CPU"), implementer, part)));
  }

  private static Optional<String> value(String cpuinfo, String key) {
    return lines(key)
        .matcher(cpuinfo)
        .results()
        .map(match -> match.group(1).strip().replaceAll("\\s+", " "))
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Pattern lines(String key) {
    return Pattern.compile("^" + Pattern.quote(key) + "[ \\t]*:(.*)$", Pattern.MULTILINE);
  }
}

package dev.socketlab.trace.internal;

import dev.socketlab.internal.os.OperatingSystem;
import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.probe.internal.ProtocolGauges;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Names of the kernel's protocol counters, written {@code group.name}: those of the kernel that
 * runs, and those of Linux 6.18, from a resource that was listed from its {@code /proc/net/snmp},
 * {@code netstat} and {@code snmp6}. So a name that is misspelt can be told from one that this
 * kernel is too old for.
 *
 * {@snippet :
 * boolean exists = CounterNames.known().contains("TcpExt.DelayedACKs");
 * }
 */
public final class CounterNames {

  private static final String RESOURCE = "counters.txt";

  private CounterNames() {}

  /** {@return the names of all counters that can have a slope; no gauges} */
  public static SortedSet<String> known() {
    SortedSet<String> known = new TreeSet<>(listed());
    if (OperatingSystem.isLinux()) {
      ProtocolCounters counters = ProtocolCounters.read();
      for (String group : counters.groups()) {
        for (String name : counters.group(group).keySet()) {
          if (!ProtocolGauges.isGauge(group, name)) {
            known.add(group + "." + name);
          }
        }
      }
    }
    return known;
  }

  /**
   * Tell whether some kernel has a counter.
   *
   * @param name for instance {@code IcmpMsg.InType3}, which none prints before it has counted
   * @return true where it can have a slope
   */
  public static boolean isKnown(String name) {
    return known().contains(name)
        || ProtocolGauges.isPrintedOnlyWhenNotZero(group(name), nameInGroup(name));
  }

  /** {@return what is before the dot of {@code TcpExt.DelayedACKs}; empty without a dot} */
  public static String group(String name) {
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  /** {@return what is after the dot} */
  public static String nameInGroup(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  private static SortedSet<String> listed() {
    try (InputStream in = CounterNames.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw ProbeException.incomplete(RESOURCE, "a resource of this jar");
      }
      return new TreeSet<>(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw ProbeException.unreadable(RESOURCE, e);
    }
  }
}

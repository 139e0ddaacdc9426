package dev.socketlab.qsl.gateway;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Counts what a leak would leave behind in this process. */
final class Descriptors {
  private Descriptors() {}

  /** Open file descriptors; 0 where the JVM cannot tell. */
  static long open() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }
}

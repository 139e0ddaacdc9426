package dev.socketlab.experiments;

import dev.socketlab.probe.ThreadRole;
import dev.socketlab.probe.ThreadRoles;
import java.util.Set;

/** What experiments know of the gateway's threads. */
public final class GatewayThreads {

  /** What a thread does, by its name. */
  public static final ThreadRoles ROLES =
      ThreadRoles.ofJvm().firstRule(ThreadRole.SERVING, "qsl-.*");

  /** All but the JVM's own. */
  public static final Set<ThreadRole> SERVE = Set.of(ThreadRole.SERVING, ThreadRole.OTHER);

  /**
   * A flag of the gateway's JVM: compiler threads that end take their counters with them, and the
   * books do not add up.
   */
  public static final String KEEP_COMPILERS = "-XX:-UseDynamicNumberOfCompilerThreads";

  /**
   * A flag of the gateway's JVM: in a container one that knows of its control group opens and reads
   * its files as time passes, which no round trip asks for.
   */
  public static final String IGNORE_CONTROL_GROUP = "-XX:-UseContainerSupport";

  private GatewayThreads() {}
}

package dev.socketlab.experiments;

import dev.socketlab.probe.ThreadRoles;
import java.util.Set;

/** What experiments know of the gateway's threads. */
public final class GatewayThreads {

  /** What a thread does, by its name. */
  public static final ThreadRoles ROLES =
      ThreadRoles.ofJvm().firstRule(ThreadRoles.Role.SERVING, "qsl-.*");

  /** All but the JVM's own. */
  public static final Set<ThreadRoles.Role> SERVE =
      Set.of(ThreadRoles.Role.SERVING, ThreadRoles.Role.OTHER);

  /**
   * A flag of the gateway's JVM: compiler threads that end take their counters with them, and the
   * ledger does not add up.
   */
  public static final String KEEP_COMPILERS = "-XX:-UseDynamicNumberOfCompilerThreads";

  /**
   * A flag of the gateway's JVM: in a container one that knows of its control group opens and reads
   * its files as time passes, which no round trip asks for.
   */
  public static final String IGNORE_CONTROL_GROUP = "-XX:-UseContainerSupport";

  /**
   * A flag of the gateway's JVM: otherwise it opens, locks and closes at its start the file of each
   * JVM of this user that was killed since, to remove it. How many there are is a matter of what
   * else runs on the machine.
   */
  public static final String IGNORE_OTHER_JVMS = "-XX:-UsePerfData";

  private GatewayThreads() {}
}

package dev.socketlab.gate;

import dev.socketlab.network.LinkFault;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The experiment sets a fault on the link between its two hosts, and is skipped where that is not
 * available. The fault is tried on a link of its own, so that an open gate means that the tool is
 * there and the kernel can. The gate's name is the kind's {@link LinkFault.Kind#label() label}, for
 * instance {@code link-drop}.
 *
 * {@snippet :
 * @PrivateNetwork(hosts = 2)
 * @RequiresFault(LinkFault.Kind.DROP)
 * class LinkLossExperiment { ... lab.here().dropEvery(10, Traffic.UDP) ... }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresFault.All.class)
@Gate(FaultDetector.class)
public @interface RequiresFault {

  /**
   * The kind of fault.
   *
   * @return one kind
   */
  LinkFault.Kind value();

  /** Holds several {@link RequiresFault} on one element. */
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /**
     * The kinds.
     *
     * @return one annotation for each kind
     */
    RequiresFault[] value();
  }
}

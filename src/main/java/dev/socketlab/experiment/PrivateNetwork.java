package dev.socketlab.experiment;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Runs the experiment in a network of its own, so that protocol-wide counters count it alone.
 *
 * <p>Every method of the class runs on a thread in a network namespace of its own, with a loopback
 * device and nothing else; sockets, platform threads and subjects that it starts are in it too. Not
 * so a task for threads that others started: a virtual thread, {@code
 * CompletableFuture.supplyAsync} without an executor and a parallel stream are in the network of
 * the JDK's shared threads, usually the host's. Nothing of it survives the run. The gate's name is
 * {@code netns}; it needs Linux and CAP_SYS_ADMIN, or {@code unshare -Urn} around the whole run.
 * Where it is closed, the experiment runs on the host's loopback and its artifact says so, unless
 * it cannot do without. The parameter {@code socketlab.place} decides otherwise: {@code host} or
 * {@code private}.
 *
 * <p>With two hosts there is a second network, joined to the first by a link; see {@link Lab#peer}.
 * The gate's name is then {@code veth}; it needs {@code ip} in addition.
 *
 * {@snippet :
 * @PrivateNetwork(required = true)
 * class WebConnectionsExperiment { ... ProtocolCounters.read() counts nothing else ... }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface PrivateNetwork {

  /**
   * Whether the experiment makes no sense on the host's network.
   *
   * @return true to skip the experiment where the gate is closed
   */
  boolean required() default false;

  /**
   * How many hosts the experiment needs.
   *
   * @return 1, or 2 for two networks that a link joins; two are never optional
   */
  int hosts() default 1;
}

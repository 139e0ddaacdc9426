package dev.socketlab.gate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * The experiment reads {@link dev.socketlab.probe.SocketOptionValues} of another process, and is
 * skipped where the right to trace it is missing. It is tried on a process that is started for it.
 * The gate's name is {@code socket-options}.
 *
 * {@snippet :
 * @RequiresSocketOptions
 * class NoDelayExperiment { ... }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Gate(SocketOptionsDetector.class)
public @interface RequiresSocketOptions {}

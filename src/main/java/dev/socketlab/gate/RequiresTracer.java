package dev.socketlab.gate;

import dev.socketlab.trace.Tracer;
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
 * The experiment counts system calls with a tracer, and is skipped where that is not available. The
 * tracer is tried on a process that does nothing, so that an open gate means that the kernel lets
 * it. The gate's name is the tracer's {@link Tracer#label() label}, for instance {@code bpftrace}.
 *
 * {@snippet :
 * @Trials
 * @RequiresTracer(Tracer.BPFTRACE)
 * void syscalls(Lab lab) { ... lab.syscalls(...).tracedBy(Tracer.BPFTRACE) ... }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RequiresTracer.All.class)
@Gate(TracerDetector.class)
public @interface RequiresTracer {

  /**
   * The tracer.
   *
   * @return {@link Tracer#STRACE} by default
   */
  Tracer value() default Tracer.STRACE;

  /** Holds several {@link RequiresTracer} on one element. */
  @Documented
  @Inherited
  @Target({ElementType.TYPE, ElementType.METHOD})
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {

    /**
     * The tracers.
     *
     * @return one annotation for each tracer
     */
    RequiresTracer[] value();
  }
}

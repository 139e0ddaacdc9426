package dev.socketlab.gate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes an annotation a gate: something an experiment needs before it may run.
 *
 * <p>A gate is three small things: an annotation that carries the documentation for its users, a
 * {@link GateDetector} that looks at the machine, and this annotation, which joins the two. Put the
 * annotation on an experiment's class or on one of its methods; where the gate is closed, the class
 * or method is skipped and the console says why. In a strict run ({@code
 * -Dsocketlab.require=gpu,strace} or {@code -Dsocketlab.require=all}) a closed gate that is named
 * is a failure instead.
 *
 * {@snippet :
 * @Target({ElementType.TYPE, ElementType.METHOD})
 * @Retention(RetentionPolicy.RUNTIME)
 * @Gate(HugepagesDetector.class)
 * public @interface RequiresHugepages {
 *   int atLeast();
 * }
 *
 * final class HugepagesDetector implements GateDetector<RequiresHugepages> {
 *   public String name(RequiresHugepages gate) {
 *     return "hugepages";
 *   }
 *
 *   public GateFinding detect(RequiresHugepages gate) {
 *     long found = Sysctl.number("vm.nr_hugepages");
 *     return found >= gate.atLeast()
 *         ? GateFinding.open("vm.nr_hugepages = " + found)
 *         : GateFinding.closed("needs vm.nr_hugepages >= " + gate.atLeast() + ", found " + found);
 *   }
 * }
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(GateCondition.class)
public @interface Gate {

  /**
   * The detector of this gate. It needs a constructor without parameters; a machine is looked at
   * once in a run for each distinct use of the annotation.
   *
   * @return the detector's class
   */
  Class<? extends GateDetector<?>> value();
}

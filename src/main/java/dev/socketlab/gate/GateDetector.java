package dev.socketlab.gate;

import java.lang.annotation.Annotation;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Looks at the machine and says whether a gate is open, and why. A detector knows the kernel or the
 * tool and nothing of JUnit, so that both its branches can be tested anywhere.
 *
 * {@snippet :
 * final class HugePagesDetector implements GateDetector<RequiresHugePages> {
 *   @Override
 *   public String name(RequiresHugePages gate) {
 *     return "hugepages";
 *   }
 *
 *   @Override
 *   public GateFinding detect(RequiresHugePages gate) {
 *     long pages = Sysctl.number("vm.nr_hugepages");
 *     return pages > 0
 *         ? GateFinding.open(pages + " pages")
 *         : GateFinding.closed("vm.nr_hugepages = 0; reserve some with sysctl -w");
 *   }
 * }
 * }
 *
 * @param <A> the annotation that declares the gate, meta-annotated with {@link Gate}
 */
@API(status = Status.MAINTAINED, since = "0.1")
public interface GateDetector<A extends Annotation> {

  /**
   * Names the gate as it stands in the table of gates and in {@code -Dsocketlab.require}.
   *
   * @param gate the annotation as it was used
   * @return a short name in lower case, for instance {@code strace}
   */
  String name(A gate);

  /**
   * Looks at the machine. Called once in a run for each distinct use of the annotation.
   *
   * @param gate the annotation as it was used
   * @return open or closed, with what was found
   */
  GateFinding detect(A gate);
}

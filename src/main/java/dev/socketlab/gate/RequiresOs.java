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
 * The experiment runs on the named operating systems and is skipped elsewhere. The gate's name is
 * {@code os}.
 *
 * {@snippet :
 * @Tag("udp-burst")
 * @Experiment(title = "A burst", artifact = "udp_burst", shows = "loss", doesNotShow = "latency")
 * @RequiresOs({Os.LINUX, Os.MAC})
 * class UdpBurstExperiment {}
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Gate(OsDetector.class)
public @interface RequiresOs {

  /**
   * The systems that will do.
   *
   * @return at least one
   */
  Os[] value();
}

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
 * The experiment runs containers, and is skipped where no engine is available. The engine is the
 * one that {@code DOCKER_HOST} names, and no other where that is set; otherwise the first that
 * answers at one of the usual sockets. The gate's name is {@code docker}.
 *
 * {@snippet :
 * @Tag("redis-in-a-container")
 * @Experiment(title = "Redis", artifact = "redis", shows = "calls", doesNotShow = "latency")
 * @RequiresDocker(images = "redis:8")
 * class RedisContainerExperiment {}
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Gate(DockerDetector.class)
public @interface RequiresDocker {

  /**
   * Images that the engine must have, because nobody pulls them.
   *
   * @return references, for instance {@code redis:8}; none by default
   */
  String[] images() default {};
}

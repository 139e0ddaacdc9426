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
 * The experiment reads Linux's own counters and is skipped elsewhere. The gate's name is {@code
 * os}.
 *
 * {@snippet :
 * @Tag("redis-get")
 * @Experiment(title = "GET", artifact = "redis_get", shows = "calls", doesNotShow = "latency")
 * @RequiresLinux
 * class RedisGetExperiment {}
 * }
 */
@API(status = Status.MAINTAINED, since = "0.1")
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@RequiresOs(Os.LINUX)
public @interface RequiresLinux {}

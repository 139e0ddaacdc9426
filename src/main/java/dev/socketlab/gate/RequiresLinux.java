package dev.socketlab.gate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The experiment reads Linux's own counters and is skipped elsewhere. The gate's name is {@code
 * os}.
 *
 * <pre>{@code
 * @Tag("redis-get")
 * @Experiment(title = "GET", artifact = "redis_get", shows = "calls", doesNotShow = "latency")
 * @RequiresLinux
 * class RedisGetExperiment {}
 * }</pre>
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@RequiresOs(Os.LINUX)
public @interface RequiresLinux {}

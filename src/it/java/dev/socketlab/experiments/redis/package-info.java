/** Redis, as a stranger to this project would profile it. */
@NullMarked
package dev.socketlab.experiments.redis;

import org.jspecify.annotations.NullMarked;

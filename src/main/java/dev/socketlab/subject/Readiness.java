package dev.socketlab.subject;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a subject is ready.
 *
 * @param line what it prints then; null where a line says nothing
 * @param port the port that it was told to listen on; 0 where it chooses one or has none
 * @param ports that it was told to use, by name, the one above among them
 * @param within how long that may take
 */
record Readiness(@Nullable Pattern line, int port, Map<String, Integer> ports, Duration within) {}

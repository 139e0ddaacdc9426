package dev.socketlab.trace.internal;

import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.trace.Tracer;

@RequiresTracer(Tracer.PERF_STAT)
class PerfStatIT extends TracerContract {

  PerfStatIT() {
    super(Tracer.PERF_STAT);
  }
}

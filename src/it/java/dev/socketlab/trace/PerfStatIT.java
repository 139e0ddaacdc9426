package dev.socketlab.trace;

import dev.socketlab.experiment.RequiresTracer;

@RequiresTracer(Tracer.PERF_STAT)
class PerfStatIT extends TracerContract {

  PerfStatIT() {
    super(Tracer.PERF_STAT);
  }
}

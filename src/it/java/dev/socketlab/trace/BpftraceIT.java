package dev.socketlab.trace;

import dev.socketlab.experiment.RequiresTracer;

@RequiresTracer(Tracer.BPFTRACE)
class BpftraceIT extends TracerContract {

  BpftraceIT() {
    super(Tracer.BPFTRACE);
  }
}

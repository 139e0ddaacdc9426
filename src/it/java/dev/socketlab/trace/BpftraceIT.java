package dev.socketlab.trace;

import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.trace.internal.TracerContract;

@RequiresTracer(Tracer.BPFTRACE)
class BpftraceIT extends TracerContract {

  BpftraceIT() {
    super(Tracer.BPFTRACE);
  }
}

package dev.socketlab.trace;

import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.trace.internal.TracerContract;

@RequiresTracer(Tracer.STRACE_ATTACHED)
class StraceAttachedIT extends TracerContract {

  StraceAttachedIT() {
    super(Tracer.STRACE_ATTACHED);
  }
}

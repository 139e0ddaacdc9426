package dev.socketlab.trace;

import dev.socketlab.experiment.RequiresTracer;

@RequiresTracer(Tracer.STRACE_ATTACHED)
class StraceAttachedIT extends TracerContract {

  StraceAttachedIT() {
    super(Tracer.STRACE_ATTACHED);
  }
}

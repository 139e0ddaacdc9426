package dev.socketlab.trace;

import dev.socketlab.experiment.RequiresTracer;

@RequiresTracer(Tracer.STRACE)
class StraceIT extends TracerContract {

  StraceIT() {
    super(Tracer.STRACE);
  }
}

package dev.socketlab.trace.internal;

import static dev.socketlab.assertion.LabAssertions.assertThat;

import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.trace.RequestServer;
import dev.socketlab.trace.RequestServer.Behaviour;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.Tracer;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@RequiresTracer(Tracer.STRACE)
class StraceIT extends TracerContract {

  StraceIT() {
    super(Tracer.STRACE);
  }

  @Test
  void readsOfSocketsStandApartFromThoseOfWakeUps() {
    readsAndWakes(Tracer.STRACE);
  }

  @Test
  void anAttachedStraceTellsThemApartToo() {
    readsAndWakes(Tracer.STRACE_ATTACHED);
  }

  private void readsAndWakes(Tracer tracer) {
    SyscallMix mix =
        measurement(Behaviour.WAKES_A_SELECTOR)
            .tracedBy(tracer)
            .perOperation(
                200, (server, requests) -> RequestServer.request(server.address(), requests));
    assertThat(mix).callsPerOperation("read").isEqualTo(2);
    assertThat(mix.on(DescriptorKind.SOCKET))
        .callsPerOperation("read")
        .isEqualTo(1)
        .callsPerOperation("write")
        .isEqualTo(1);
    assertThat(mix.on(DescriptorKind.EVENTFD))
        .callsPerOperation("read")
        .isEqualTo(1)
        .callsPerOperation("write")
        .isEqualTo(1);
  }

  /**
   * On a slow machine a load of twice the operations takes seconds more, and whatever a subject
   * does each second is in it more often. Here the driver is slow.
   */
  @Tag("soak")
  @Test
  void whatASubjectDoesByItsOwnClockIsNoCallOfAnOperation() {
    SyscallMix mix =
        measurement(Behaviour.WRITES_BY_THE_CLOCK)
            .perOperation(
                50,
                (server, requests) -> {
                  for (long i = 0; i < requests; i++) {
                    LockSupport.parkNanos(20_000_000);
                    RequestServer.request(server.address(), 1);
                  }
                });
    assertThat(mix).callsPerOperation("write").isEqualTo(1);
  }
}

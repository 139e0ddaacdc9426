package com.example.casebook;

import com.example.casebook.CaseBook.Build;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Factor;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.PrivateNetwork;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.api.Tag;

/** System calls per operation, as a regression test holds them. */
@Tag("extra-calls")
@Experiment(
    title = "System calls that are not needed: cases of the case book",
    shows = "how many system calls a server makes for each request, datagram or connection",
    doesNotShow = "what they cost")
@RequiresLinux
@RequiresTracer
@PrivateNetwork(required = true)
class ExtraCallsExperiment extends CaseBook {
  private static final int OPERATIONS = 100;

  private final Case smallWrites = named("small-writes").faulty(23).repaired(1);
  private final Case writevOfOne = named("writev-of-one").faulty(1, 0).repaired(0, 1);
  private final Case extraEpollCtl = named("extra-epoll-ctl").faulty(2).repaired(0);
  private final Case receiveBuffer = named("receive-buffer").faulty(1).repaired(0);
  private final Case perWakeUp = named("one-per-wake-up").faulty(1).repaired(0);

  private SyscallMix trace(Lab lab, String name, Build build, Load load) {
    return lab.syscalls(() -> server(lab, name, build)).perOperation(OPERATIONS, load);
  }

  /** Calls per operation, to the nearest one. */
  private static long calls(SyscallMix mix, String name) {
    return mix.saw(name) ? Math.round(mix.slope(name).perOperation()) : 0;
  }

  private static Load requests(int replyBytes) {
    return (server, requests) -> {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        for (long i = 0; i < requests; i++) {
          socket.getOutputStream().write('x');
          socket.getInputStream().readNBytes(replyBytes);
        }
      }
    };
  }

  private static void connections(Subject server, long connections) throws IOException {
    for (long i = 0; i < connections; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.port());
          InputStream in = socket.getInputStream()) {
        socket.getOutputStream().write('x');
        in.readAllBytes();
      }
    }
  }

  @Trials
  void askForManyLines(@Factor Build build, Lab lab) {
    SyscallMix mix = trace(lab, "small-writes", build, requests(23));
    smallWrites.saw(build, calls(mix, "write"));
  }

  @Mechanism("small-writes: a reply is one write, not one for each line")
  void smallWrites(Lab lab) {
    smallWrites.check(lab);
  }

  @Trials
  void askForOneBuffer(@Factor Build build, Lab lab) {
    SyscallMix mix = trace(lab, "writev-of-one", build, requests(5));
    writevOfOne.saw(build, calls(mix, "writev"), calls(mix, "write"));
  }

  @Mechanism("writev-of-one: a reply of one buffer is a write and no writev")
  void writevOfOne(Lab lab) {
    writevOfOne.check(lab);
  }

  @Trials
  void askOneSelector(@Factor Build build, Lab lab) {
    SyscallMix mix = trace(lab, "extra-epoll-ctl", build, requests(1));
    extraEpollCtl.saw(build, calls(mix, "epoll_ctl"));
  }

  @Mechanism("extra-epoll-ctl: a round trip on an open connection changes no interest")
  void extraEpollCtl(Lab lab) {
    extraEpollCtl.check(lab);
  }

  @Trials
  void connectAndAsk(@Factor Build build, Lab lab) {
    SyscallMix mix = trace(lab, "receive-buffer", build, ExtraCallsExperiment::connections);
    receiveBuffer.saw(build, calls(mix, "setsockopt"));
  }

  @Mechanism("receive-buffer: no option of a connection is set, so its window may grow")
  void receiveBuffer(Lab lab) {
    receiveBuffer.check(lab);
  }

  @Trials
  void sendSomeAndLetItRead(@Factor Build build, Lab lab) {
    SyscallMix mix =
        lab.syscalls(() ->
                program(lab, CaseServer.class, "udp-per-wake-up", build, "0", "0")
                    .readyWhen("ready on (\\d+)"))
            .perOperation(OPERATIONS, ExtraCallsExperiment::datagrams);
    perWakeUp.saw(build, calls(mix, "epoll_wait") + calls(mix, "epoll_pwait"));
  }

  /** They are all there before the server is told to read. */
  private static void datagrams(Subject server, long datagrams) throws IOException {
    int before = server.outputLines().size();
    try (DatagramChannel socket = DatagramChannel.open()) {
      socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port()));
      for (long i = 0; i < datagrams; i++) {
        socket.write(ByteBuffer.allocate(1));
      }
    }
    server.send(Long.toString(datagrams));
    until(() -> server.outputLines().size() > before);
  }

  @Mechanism("one-per-wake-up: a wake-up reads all datagrams that are there")
  void perWakeUp(Lab lab) {
    perWakeUp.check(lab);
  }

  @Control(
      value = "the builds are swapped",
      fails = {"smallWrites", "writevOfOne", "extraEpollCtl", "receiveBuffer", "perWakeUp"})
  static class Swapped extends ExtraCallsExperiment {
    @Override
    Build built(Build wanted) {
      return wanted.other();
    }
  }
}

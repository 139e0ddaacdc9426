package com.example.sockets;

import static dev.socketlab.assertion.LabAssertions.assertThat;

import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.MixTables;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Tag;

/** A server in C, from the distribution: {@code redis-server}. */
@Tag("redis-get")
@Experiment(
    title = "What one GET asks of the kernel",
    shows = "the system calls that redis-server makes for one GET on an open connection",
    doesNotShow = "how long a GET takes, or what many connections cost")
@RequiresLinux
@RequiresTracer
@RequiresTool("redis-server")
class RedisGetExperiment {

  @Mechanism("one read and one write for each GET")
  void oneReadAndOneWrite(Lab lab) {
    SyscallMix mix =
        lab.syscalls(
                () -> lab.command("redis-server", "--port", "{port}", "--save", "", "--hz", "1"))
            .perOperation(500, RedisGetExperiment::get);
    lab.report().table(MixTables.perOperation("System calls for each GET", mix, 0.01));
    assertThat(mix).callsPerOperation("read").isEqualTo(1).callsPerOperation("write").isEqualTo(1);
  }

  private static void get(Subject redis, long times) throws IOException {
    try (Socket socket = new Socket(redis.address().getAddress(), redis.port())) {
      for (long i = 0; i < times; i++) {
        socket.getOutputStream().write("GET nothing\r\n".getBytes());
        socket.getInputStream().readNBytes("$-1\r\n".length());
      }
    }
  }
}

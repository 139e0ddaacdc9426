package dev.socketlab.experiments.redis;

import static dev.socketlab.assertion.LabAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.RequiresTracer;
import dev.socketlab.experiment.SyscallTables;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.place.Subject;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/**
 * A server that is not ours, from a package of the distribution. Its timer reads a file at each
 * tick, ten times a second unless told; at one a second it does not show.
 */
@Tag("redis-get")
@Experiment(
    title = "What one GET asks of the kernel",
    shows =
        "the number of system calls that redis-server makes for one GET on a persistent connection",
    doesNotShow = "how long a GET takes, or what pipelined requests and many connections cost")
@RequiresLinux
@RequiresTracer
@RequiresTool("redis-server")
class RedisGetExperiment {

  private final List<SyscallMix> mixes = new ArrayList<>();

  @Trials
  void get(Lab lab) {
    mixes.add(
        lab.syscalls(() ->
                lab.command(
                    "redis-server",
                    "--port",
                    "{port}",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    "--hz",
                    "1"))
            .perOperation(500, RedisGetExperiment::get));
  }

  @Mechanism("one read and one write for each GET")
  void oneReadAndOneWrite() {
    for (SyscallMix mix : mixes) {
      assertThat(mix)
          .callsPerOperation("read")
          .isEqualTo(1)
          .callsPerOperation("write")
          .isEqualTo(1);
    }
  }

  @AfterAll
  void report(Lab lab) {
    SyscallMix mix = mixes.getLast();
    lab.report()
        .tool("strace")
        .tool("redis-server")
        .table(SyscallTables.perOperation("system calls per GET", mix, 0.01))
        .table(SyscallTables.perturbation("what the tracer changed", Map.of("redis", mix)));
  }

  private static void get(Subject redis, long operations) throws IOException {
    byte[] request = "*2\r\n$3\r\nGET\r\n$1\r\nk\r\n".getBytes(StandardCharsets.US_ASCII);
    try (Socket socket = new Socket(redis.address().getAddress(), redis.port())) {
      socket.setTcpNoDelay(true);
      for (long i = 0; i < operations; i++) {
        socket.getOutputStream().write(request);
        byte[] reply = socket.getInputStream().readNBytes(5);
        assertThat(new String(reply, StandardCharsets.US_ASCII)).isEqualTo("$-1\r\n");
      }
    }
  }
}

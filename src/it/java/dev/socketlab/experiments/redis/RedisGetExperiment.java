package dev.socketlab.experiments.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Calls;
import dev.socketlab.experiment.Control;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.SyscallsPerOperation;
import dev.socketlab.experiment.Trials;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.Subject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;

/**
 * A server that is not ours, from a package of the distribution. Its timer reads a file at each
 * tick, ten times a second by default; at one a second it does not show.
 */
@Tag("redis-get")
@Experiment(
    title = "What one GET asks of the kernel",
    shows =
        "the number of system calls that redis-server makes for one GET on a persistent connection",
    doesNotShow = "how long a GET takes, or what pipelined requests and many connections cost")
@RequiresTool("redis-server")
class RedisGetExperiment {

  @Trials
  @SyscallsPerOperation(
      operation = "GET",
      budget = {
        @Calls(of = "read", exactly = 1),
        @Calls(of = "write", exactly = 1),
        @Calls(
            of = {"epoll_wait", "epoll_pwait"},
            exactly = 1,
            because = "the event loop")
      })
  void get(Lab lab) {
    lab.report().tool("redis-server");
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
        .perOperation(500, this::get);
  }

  @Control(value = "sends two GETs where one is counted", fails = "get")
  static class TwoGets extends RedisGetExperiment {
    @Override
    void get(Subject redis, long operations) throws IOException {
      super.get(redis, 2 * operations);
    }
  }

  void get(Subject redis, long operations) throws IOException {
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

package com.example.sockets;

import static dev.socketlab.assertion.LabAssertions.assertThat;

import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Mechanism;
import dev.socketlab.experiment.MixTables;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.SyscallMix;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Tag;

/** A server in Java: a main class of this project, in a JVM of its own. */
@Tag("http-request")
@Experiment(
    title = "What one HTTP request asks of the kernel",
    shows = "the system calls that the JDK's HttpServer makes for a request on a new connection",
    doesNotShow = "how long a request takes, or what keep-alive would save")
@RequiresLinux
@RequiresTracer
class HttpRequestExperiment {

  private static final byte[] GET =
      "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes();

  /** One read and one write of each pair are the server's own: it wakes its selector by them. */
  @Mechanism("one accept, two reads and two writes for each request")
  void oneAcceptTwoReadsTwoWrites(Lab lab) {
    SyscallMix mix =
        lab.syscalls(() -> lab.java(HelloServer.class, "{port}"))
            .perOperation(500, HttpRequestExperiment::request);
    lab.report().table(MixTables.perOperation("System calls for each request", mix, 0.01));
    assertThat(mix)
        .callsPerOperation("accept")
        .isEqualTo(1)
        .callsPerOperation("read")
        .isEqualTo(2)
        .callsPerOperation("write")
        .isEqualTo(2);
  }

  private static void request(Subject server, long times) throws IOException {
    for (long i = 0; i < times; i++) {
      try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
        socket.getOutputStream().write(GET);
        socket.getInputStream().readAllBytes();
      }
    }
  }
}

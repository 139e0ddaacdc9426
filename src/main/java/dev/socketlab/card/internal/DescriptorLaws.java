package dev.socketlab.card.internal;

import dev.socketlab.experiment.Inconclusive;
import dev.socketlab.probe.DescriptorKind;
import dev.socketlab.probe.OpenDescriptor;
import dev.socketlab.script.ScriptedConnection;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.SyscallCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A server's descriptors. */
public final class DescriptorLaws {
  private static final int CLIENTS = 20;
  private static final Duration WINDOW = Duration.ofSeconds(1);

  /** A server that ignores the failure tries 100,000 times in a second, one that waits 10 times. */
  private static final long MOST_ATTEMPTS = 1_000;

  private DescriptorLaws() {}

  /** SL-FD-01. */
  public static Judgement exhausted(Examination exam) {
    exam.requireStrace();
    Subject server = exam.startToLookAt();
    ScriptedConnection open = exam.connect(server);
    exam.operate(open);
    List<String> _ = exam.script().look(server).awaitRest();
    long highest =
        OpenDescriptor.of(server.pid()).stream().mapToInt(OpenDescriptor::number).max().orElse(0);
    List<ScriptedConnection> waiting = new ArrayList<>();
    long[] failed = {0};
    boolean openIsServed;
    try (Subject.DescriptorLimit _ = server.limitDescriptors(highest + 1)) {
      SyscallCounts counts =
          exam.lab()
              .syscallsOf(
                  server,
                  () -> {
                    waiting.addAll(exam.script().attempt(server.address(), CLIENTS));
                    Examination.pause(WINDOW);
                  });
      failed[0] = ListenLaws.failedAccepts(counts);
      openIsServed = exam.isServed(open);
    }
    if (failed[0] == 0) {
      throw new Inconclusive("no accept failed, so it did not run out of descriptors");
    }
    long answered = exam.count(waiting, exam::isServed);
    boolean serves = exam.serves(server);
    return Judgement.of(
            failed[0] <= MOST_ATTEMPTS && openIsServed && answered == CLIENTS && serves,
            "%d clients come when it has no descriptor left: %,d accepts fail in the %d s that follow, an open"
                + " connection is %s; when there are descriptors again, %d of those that waited are served,"
                + " and the next one is %s",
            CLIENTS,
            failed[0],
            WINDOW.toSeconds(),
            openIsServed ? "served" : "not served",
            answered,
            serves ? "served" : "not served")
        .exact("of those that waited, served", answered);
  }

  /** SL-EXEC-01. */
  public static Judgement closeOnExec(Examination exam) {
    Subject server = exam.start();
    ScriptedConnection client = exam.connect(server);
    exam.operate(client);
    List<String> _ = exam.script().look(server).awaitRest(); // the first client's is closed then
    List<OpenDescriptor> sockets =
        OpenDescriptor.of(server.pid()).stream()
            .filter(open -> open.kind() == DescriptorKind.SOCKET)
            .toList();
    long inherited = sockets.stream().filter(open -> !open.closeOnExec()).count();
    if (inherited == 0) {
      Examination.requireThatItServes(server, client);
    }
    String found =
        "a client is connected, and it holds %d sockets: a program that it starts with exec(2) inherits %d"
            .formatted(sockets.size(), inherited);
    Judgement judgement =
        inherited > 0 && isJvm(server)
            ? Judgement.note(found + "; ProcessBuilder closes them itself, code of others need not")
            : Judgement.of(inherited == 0, found);
    return judgement.exact("sockets that are inherited", inherited);
  }

  private static boolean isJvm(Subject server) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(server.pid()), "maps"))) {
      return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
    } catch (IOException | UncheckedIOException failure) {
      throw new Inconclusive("the memory map of the server cannot be read: " + failure);
    }
  }
}

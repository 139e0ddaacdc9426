package dev.socketlab.trace.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.socketlab.probe.ProbeException;
import dev.socketlab.probe.ThreadRoles;
import dev.socketlab.testkit.Capture;
import org.junit.jupiter.api.Test;

/**
 * The captured program's threads were called "worker, [x]: 1", and both read and wrote 1,000 times.
 */
class BpftraceCountsTest {
  private static final Capture CAPTURE = Capture.of("bpftrace-0.17-raw-syscalls.txt");

  @Test
  void countsPerThreadAndInTotal() {
    BpftraceCounts counts = parse(CAPTURE);

    assertThat(counts.threads())
        .contains(new BpftraceCounts.ThreadCalls(15451, "worker, [x]: 1", "write", 1000))
        .contains(new BpftraceCounts.ThreadCalls(15393, "io", "clone3", 2));
    assertThat(counts.total().calls("read")).isEqualTo(2006);
    assertThat(counts.total().calls("write")).isEqualTo(2002);
    assertThat(counts.total().calls("accept4")).isZero();
  }

  @Test
  void countsOfARole() {
    ThreadRoles roles = ThreadRoles.ofJvm().firstRule(ThreadRoles.Role.SERVING, "worker.*");
    BpftraceCounts counts = parse(CAPTURE);

    assertThat(counts.of(ThreadRoles.Role.SERVING, roles).calls("write")).isEqualTo(2000);
    assertThat(counts.of(ThreadRoles.Role.OTHER, roles).calls("write")).isEqualTo(2);
  }

  @Test
  void numbersDependOnTheArchitecture() {
    assertThat(BpftraceCounts.parse("x", CAPTURE.lines(), "aarch64").total().calls("io_destroy"))
        .isEqualTo(2002);
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> BpftraceCounts.parse("x", CAPTURE.lines(), "s390x"))
        .withMessageContaining("architecture=s390x");
  }

  @Test
  void numberNewerThanTheTableIsShownAsANumber() {
    Capture newer = CAPTURE.replacing(5, ", 273]", ", 9999]");

    assertThat(parse(newer).total().calls("syscall_9999")).isEqualTo(1);
  }

  /** As bpftrace prints it since its change 4194, wherever the line comes. */
  @Test
  void theNewerWordsOfAttachingAreKnown() {
    assertThat(parse(CAPTURE.withLine(1, "Attached 2 probes")).total())
        .isEqualTo(parse(CAPTURE).total());
    assertThat(parse(CAPTURE.withLine(3, "Attached 1 probe")).total())
        .isEqualTo(parse(CAPTURE).total());
  }

  @Test
  void otherLinesThrow() {
    assertMalformed(CAPTURE.withLine(4, "Lost 17 events"), "@calls[name, tid, number]: count");
    assertMalformed(CAPTURE.replacing(5, ", 273]: 1", ", 273]: -1"), "@calls[name, tid, number]");
    assertMalformed(CAPTURE.replacing(5, ", 273]: 1", ""), "@calls[name, tid, number]");
    assertMalformed(CAPTURE.withLine(2, ""), "the line \"socketlab: attached\"");
    assertMalformed(
        new Capture(CAPTURE.name(), CAPTURE.lines().subList(0, 4)), "at least one @calls");
  }

  @Test
  void programCountsThreadsOfTheProcessAndTellsWhenItIsAttached() {
    assertThat(BpftraceCounts.program(4711))
        .contains("printf(\"socketlab: attached\\n\")")
        .contains("/pid == 4711/")
        .contains("@calls[comm, tid, args->id]");
  }

  private static BpftraceCounts parse(Capture capture) {
    return BpftraceCounts.parse(capture.name(), capture.lines(), "amd64");
  }

  private static void assertMalformed(Capture capture, String expected) {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> parse(capture))
        .withMessageContaining(expected);
  }
}

package dev.socketlab.experiments.profile;

import static dev.socketlab.trace.SyscallFamily.ACCEPT;
import static dev.socketlab.trace.SyscallFamily.CLOSE;
import static dev.socketlab.trace.SyscallFamily.READ;
import static dev.socketlab.trace.SyscallFamily.WRITE;

import dev.socketlab.trace.SyscallFamily;
import java.util.List;
import java.util.Map;

/**
 * The system calls that one round trip may cost a transport, and why each is there. What is not
 * named must stay below half a call.
 *
 * @param budget calls per round trip of each serving step, exactly
 * @param others calls that come with the transport and with the JDK's socket code, at most so many
 */
record Expectations(Map<SyscallFamily, Integer> budget, List<Explained> others) {

  /** AArch64 has no epoll_wait: its C library calls epoll_pwait instead. */
  private static final List<String> EPOLL_WAIT = List.of("epoll_wait", "epoll_pwait");

  private static final Map<SyscallFamily, Integer> SERVING =
      Map.of(ACCEPT, 1, READ, 2, WRITE, 1, CLOSE, 1);

  /**
   * A call that is not a serving step.
   *
   * @param calls the kernel's names for it
   * @param atMost how many of it one round trip may cost
   * @param reason what makes it
   */
  record Explained(List<String> calls, int atMost, String reason) {
    Explained(String call, int atMost, String reason) {
      this(List.of(call), atMost, reason);
    }

    String call() {
      return String.join("|", calls);
    }
  }

  static Expectations of(String transport) {
    return switch (transport) {
      case "threaded" ->
          new Expectations(
              SERVING,
              List.of(
                  new Explained("setsockopt", 1, "TCP_NODELAY"),
                  new Explained("getsockname", 2, "the JDK, at accept: address and port"),
                  new Explained("fcntl", 1, "the JDK, at accept: is it in blocking mode?")));
      case "nio" ->
          new Expectations(
              SERVING,
              List.of(
                  new Explained("setsockopt", 1, "TCP_NODELAY"),
                  new Explained("getsockname", 2, "the JDK, at accept: address and port"),
                  new Explained("fcntl", 3, "the JDK, at accept; to non-blocking mode"),
                  new Explained(EPOLL_WAIT, 3, "connection, request and end of input"),
                  new Explained("epoll_ctl", 2, "registered, and removed at its close"),
                  new Explained("getsockopt", 1, "the JDK, at close: does it linger?"),
                  new Explained("shutdown", 1, "the JDK, at close of a registered channel")));
      default -> throw new IllegalArgumentException("no expectations: transport=" + transport);
    };
  }
}

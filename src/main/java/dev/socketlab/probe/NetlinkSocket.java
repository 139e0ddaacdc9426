package dev.socketlab.probe;

import dev.socketlab.internal.os.SystemCalls;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket on which the kernel answers questions about sockets: man 7 sock_diag. It answers within
 * {@code send} and {@code recv}, so nothing is waited for. It belongs to the network in which it
 * was opened, whichever thread asks.
 */
final class NetlinkSocket implements AutoCloseable {
  private static final String SOURCE = "netlink sock_diag";
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW_CLOEXEC = 3 | 0x8_0000;
  private static final int NETLINK_SOCK_DIAG = 4;
  private static final int MSG_DONTWAIT_AND_TELL_THE_SIZE = 0x40 | 0x20; // MSG_TRUNC
  private static final int BUFFER_BYTES = 1 << 16; // the kernel's portions are of 32 KiB at most

  private static final int HEADER_BYTES = 16;
  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short NLMSG_ERROR = 2;
  private static final short NLMSG_DONE = 3;
  private static final int NLM_F_REQUEST = 1;
  private static final int NLM_F_DUMP_INTR = 0x10;
  private static final int NLM_F_DUMP = 0x300;
  private static final int ATTEMPTS = 100;

  private final int descriptor;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(BUFFER_BYTES);

  /** Takes a descriptor that {@link #openDescriptor} gave, and closes it in the end. */
  NetlinkSocket(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * The answer to one question.
   *
   * @param messages each without its header
   * @param portions that they came in: the kernel unlocks its tables between two
   * @param interrupted whether the kernel says that they changed meanwhile (NLM_F_DUMP_INTR)
   */
  record Answer(List<ByteBuffer> messages, int portions, boolean interrupted) {}

  /** The kernel or the JVM does not answer such questions here, or not this one. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int errno;

    RefusedException(String message, int errno) {
      super(message);
      this.errno = errno;
    }

    /** Whether there is no such socket, or no such table. */
    boolean isNotFound() {
      return errno == SystemCalls.ENOENT;
    }
  }

  /** Opens one in the network of the calling thread. */
  static int openDescriptor() throws RefusedException {
    return checked(
        "socket(AF_NETLINK)", SystemCalls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG));
  }

  static int checked(String call, long result) throws RefusedException {
    if (result < 0) {
      throw new RefusedException(call + " was refused: errno " + -result, (int) -result);
    }
    return (int) result;
  }

  /** Asks for everything that matches. */
  Answer dump(ByteBuffer question) throws RefusedException {
    return ask(question, NLM_F_REQUEST | NLM_F_DUMP);
  }

  /** Asks for one socket. */
  ByteBuffer find(ByteBuffer question) throws RefusedException {
    List<ByteBuffer> messages = ask(question, NLM_F_REQUEST).messages();
    if (messages.size() != 1) {
      throw ProbeException.incomplete(SOURCE, "one answer, not " + messages.size());
    }
    return messages.getFirst();
  }

  private Answer ask(ByteBuffer question, int flags) throws RefusedException {
    ByteBuffer message =
        ByteBuffer.allocate(HEADER_BYTES + question.remaining())
            .order(ByteOrder.nativeOrder())
            .putInt(HEADER_BYTES + question.remaining())
            .putShort(SOCK_DIAG_BY_FAMILY)
            .putShort((short) flags)
            .putLong(0) // sequence number and port: this socket asks one question at a time
            .put(question.duplicate());
    try (Arena own = Arena.ofConfined()) {
      MemorySegment sent = own.allocateFrom(ValueLayout.JAVA_BYTE, message.array());
      checked("send to sock_diag", retried(() -> SystemCalls.send(descriptor, sent)));
    }
    List<ByteBuffer> messages = new ArrayList<>();
    boolean interrupted = false;
    boolean done = false;
    int portions = 0;
    while (!done) {
      Portion portion = Portion.of(receive());
      messages.addAll(portion.messages());
      interrupted |= portion.interrupted();
      portions += portion.messages().isEmpty() ? 0 : 1;
      done = portion.last() || (flags & NLM_F_DUMP) == 0;
    }
    return new Answer(messages, portions, interrupted);
  }

  /**
   * What one {@code recv} gave.
   *
   * @param last whether it says that there is no more to come
   */
  record Portion(List<ByteBuffer> messages, boolean interrupted, boolean last) {

    static Portion of(ByteBuffer bytes) throws RefusedException {
      List<ByteBuffer> messages = new ArrayList<>();
      boolean interrupted = false;
      boolean last = false;
      while (bytes.remaining() >= HEADER_BYTES) {
        int start = bytes.position();
        int length = bytes.getInt(start);
        if (length < HEADER_BYTES || length > bytes.remaining()) {
          throw ProbeException.incomplete(
              SOURCE, "a message of %d bytes, %d are there".formatted(length, bytes.remaining()));
        }
        ByteBuffer content =
            bytes.slice(start + HEADER_BYTES, length - HEADER_BYTES).order(bytes.order());
        short type = bytes.getShort(start + 4);
        interrupted |= (bytes.getShort(start + 6) & NLM_F_DUMP_INTR) != 0;
        if (type == NLMSG_ERROR || type == NLMSG_DONE) {
          // The content of both begins with an error number, 0 or negative.
          checked("sock_diag", content.remaining() < Integer.BYTES ? 0 : content.getInt());
          last = true;
        } else {
          messages.add(content);
        }
        int padded = (length + 3) & ~3;
        bytes.position(Math.min(bytes.limit(), start + padded));
      }
      return new Portion(messages, interrupted, last);
    }
  }

  private ByteBuffer receive() throws RefusedException {
    int bytes =
        checked(
            "recv from sock_diag",
            retried(() -> SystemCalls.recv(descriptor, buffer, MSG_DONTWAIT_AND_TELL_THE_SIZE)));
    if (bytes > BUFFER_BYTES) {
      throw ProbeException.incomplete(SOURCE, "at most 64 KiB at once, these are " + bytes);
    }
    byte[] copy = buffer.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE);
    return ByteBuffer.wrap(copy).order(ByteOrder.nativeOrder());
  }

  private interface Call {
    long make();
  }

  private static long retried(Call call) {
    long result = call.make();
    for (int n = 1; n < ATTEMPTS && result == -SystemCalls.EINTR; n++) {
      result = call.make();
    }
    return result;
  }

  @Override
  public void close() {
    arena.close();
    SystemCalls.close(descriptor);
  }
}

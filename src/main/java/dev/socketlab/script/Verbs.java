package dev.socketlab.script;

import dev.socketlab.probe.SocketDetail;
import dev.socketlab.probe.SocketDetail.TimerKind;
import dev.socketlab.probe.TcpSocket;
import dev.socketlab.script.ScriptedConnection.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the verbs of a {@link ScriptedConnection} are done, which says what each is. */
final class Verbs {
  static final int PIECE = 65_536;

  private final Wire wire;
  private final Patience patience;

  Verbs(Wire wire, Patience patience) {
    this.wire = wire;
    this.patience = patience;
  }

  void send(byte[] bytes) {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    boolean inTime = until("send", () -> wire.write(rest) == Wire.ENDED || !rest.hasRemaining());
    if (rest.hasRemaining()) {
      throw notDone(
          inTime, "send: the kernel took %d of %d bytes".formatted(rest.position(), bytes.length));
    }
  }

  long sendUntilFull(byte[] again, long most) {
    long before = wire.sent();
    ByteBuffer pieces = ByteBuffer.allocate(again.length * (PIECE / again.length + 2));
    while (pieces.hasRemaining()) {
      pieces.put(again);
    }
    boolean[] full = {false};
    boolean inTime =
        until(
            "sendUntilFull",
            () -> {
              // Looked at before: what was refused before the window closed may be taken now.
              boolean wasFull = isFull(wire.socket());
              long done = wire.sent() - before;
              int next = (int) (done % again.length);
              pieces.clear().position(next).limit(next + (int) Math.min(PIECE, most - done));
              int taken = wire.write(pieces);
              full[0] = wire.sent() - before == most || (taken == 0 && wasFull);
              return taken == Wire.ENDED || full[0];
            });
    long taken = wire.sent() - before;
    if (!full[0]) {
      throw notDone(
          inTime, "sendUntilFull: the kernel took %d of at most %d bytes".formatted(taken, most));
    }
    return taken;
  }

  /** A unix socket is full when it says so; one of TCP when it waits for a window. */
  private boolean isFull(Optional<TcpSocket> sender) {
    return !wire.isTcp() || sender.filter(Verbs::waitsForWindow).isPresent();
  }

  /** With a window that is small and not 0, what fits is sent when the timer expires. */
  private static boolean waitsForWindow(TcpSocket sender) {
    SocketDetail detail = sender.detail();
    long window =
        detail
            .tcpInfo("snd_wnd")
            .orElseThrow(
                () -> new IllegalStateException("sock_diag is needed, and tells no window"));
    return window == 0
        && detail.timer().filter(timer -> timer.kind() == TimerKind.ZERO_WINDOW).isPresent();
  }

  byte[] read(int bytes) {
    ByteBuffer into = ByteBuffer.allocate(bytes);
    boolean inTime = until("read", () -> !into.hasRemaining() || wire.read(into) == Wire.ENDED);
    if (into.hasRemaining()) {
      throw notDone(inTime, "read %d of %d bytes".formatted(into.position(), bytes));
    }
    return into.array();
  }

  String readUntil(String words) {
    StringBuilder text = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    boolean inTime =
        until(
            "readUntil",
            () -> {
              int taken = 1;
              for (int i = 0; i < PIECE && taken > 0 && !endsWith(text, words); i++) {
                taken = wire.read(one.clear());
                if (taken > 0) {
                  text.append((char) Byte.toUnsignedInt(one.get(0)));
                }
              }
              return taken == Wire.ENDED || endsWith(text, words);
            });
    if (!endsWith(text, words)) {
      throw notDone(inTime, "readUntil \"%s\": read %d bytes".formatted(words, text.length()));
    }
    return text.toString();
  }

  private static boolean endsWith(StringBuilder text, String words) {
    int start = text.length() - words.length();
    return start >= 0 && text.indexOf(words, start) == start;
  }

  byte[] readToEnd() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean inTime = drain("readToEnd", all);
    if (wire.outcome() != Outcome.EOF) {
      throw notDone(inTime, "readToEnd: read %d bytes".formatted(all.size()));
    }
    return all.toByteArray();
  }

  Outcome awaitEnd() {
    boolean _ = drain("awaitEnd", new ByteArrayOutputStream());
    return wire.outcome();
  }

  private boolean drain(String verb, ByteArrayOutputStream into) {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    return until(
        verb,
        () -> {
          int taken = wire.read(piece.clear());
          into.write(piece.array(), 0, Math.max(0, taken));
          return taken == Wire.ENDED;
        });
  }

  int readSome(ByteBuffer into) {
    int before = into.position();
    if (!until("read", () -> wire.read(into) != 0)) {
      throw notDone(false, "read nothing");
    }
    return into.position() == before ? Wire.ENDED : into.position() - before;
  }

  long awaitUnread(long bytes) {
    requireTcp("awaitUnread");
    long[] found = {0};
    boolean inTime =
        until(
            "awaitUnread",
            () -> {
              Optional<TcpSocket> own = wire.socket();
              found[0] = own.map(TcpSocket::rxQueue).orElse(0L);
              return own.isEmpty() || found[0] >= bytes;
            });
    if (found[0] < bytes) {
      throw notDone(inTime, "awaitUnread: %d of %d bytes are there".formatted(found[0], bytes));
    }
    return found[0];
  }

  TcpSocket awaitStalled() {
    requireTcp("awaitStalled");
    List<TcpSocket> looks = new ArrayList<>();
    boolean inTime =
        until(
            "awaitStalled",
            () -> {
              looks.clear();
              wire.otherSocket().ifPresent(looks::add);
              return looks.isEmpty() || waitsForWindow(looks.getFirst());
            });
    if (looks.isEmpty() || !inTime) {
      throw notDone(
          inTime,
          looks.isEmpty()
              ? "awaitStalled: the other end is not in this network"
              : "awaitStalled: the other end can send");
    }
    return looks.getFirst();
  }

  void halfClose() {
    try {
      wire.endOutput();
    } catch (IOException failure) {
      throw patience.failure("halfClose of " + this, failure);
    }
    if (wire.outcome() == Outcome.RESET) {
      throw notDone(true, "halfClose");
    }
  }

  void reset() {
    requireTcp("reset");
    try {
      if (wire.isOpen()) {
        wire.lingerNoTime();
      }
      wire.close();
    } catch (IOException failure) {
      throw patience.failure("reset of " + this, failure);
    }
  }

  void close() {
    try {
      wire.close();
    } catch (IOException failure) {
      throw patience.failure("close of " + this, failure);
    }
  }

  private void requireTcp(String verb) {
    if (wire.isOpen() && !wire.isTcp()) {
      throw new IllegalStateException(verb + " is of TCP, and this is a unix socket: " + this);
    }
  }

  private boolean until(String verb, Patience.Step step) {
    try {
      return patience.until(step);
    } catch (IOException failure) {
      throw patience.failure(verb + " on " + this, failure);
    }
  }

  private ScriptException notDone(boolean inTime, String verb) {
    String what = verb + ", " + this;
    return inTime ? patience.failure(what) : patience.late(what);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "%s → %s is %s, %d bytes sent and %d received so far"
        .formatted(wire.near(), wire.far(), wire.outcome(), wire.sent(), wire.received());
  }
}

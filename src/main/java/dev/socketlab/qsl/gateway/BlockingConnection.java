package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * Serves one connection on the thread that runs it: read, act, write all replies in one call, until
 * the peer has ended its side or the session has ended. A peer that does not read keeps this thread
 * in its write, and nobody else.
 */
final class BlockingConnection implements Runnable {
  private static final int INPUT_BYTES = 4096;
  private static final int LINGER_MS = 1000;

  private final SocketChannel channel;
  private final Session session;
  private final BlockingTransport owner;

  /** Counts starts and ends of reads: odd while the thread reads, and perhaps waits for input. */
  private volatile int steps;

  /** The same, for the thread itself, which alone changes it. */
  private int ownSteps;

  /** What {@link #steps} was when a stop looked last. */
  private int stepsSeen;

  BlockingConnection(SocketChannel channel, Exchange exchange, BlockingTransport owner) {
    this.channel = channel;
    this.session = new Session(exchange);
    this.owner = owner;
  }

  @Override
  public void run() {
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      serve();
    } catch (ClosedChannelException e) {
      // Cut off by a stop.
    } catch (IOException e) {
      owner.tally().failed();
    } finally {
      Loopback.close(channel);
      owner.ended(this);
    }
  }

  private void serve() throws IOException {
    ByteBuffer in = ByteBuffer.allocate(INPUT_BYTES);
    while (session.wantsInput() && read(in)) {
      session.receive(in.flip());
      in.clear();
      sendReplies();
    }
    if (session.hasEnded()) {
      linger();
    }
  }

  private boolean read(ByteBuffer in) throws IOException {
    steps = ++ownSteps;
    boolean read = channel.read(in) > 0;
    steps = ++ownSteps;
    return read;
  }

  private void sendReplies() throws IOException {
    while (session.hasReplies()) {
      channel.write(session.replies());
      session.resume();
    }
  }

  /**
   * Let the peer read its last replies: a close with unread input would make the kernel send a
   * reset, which may overtake them. Ends when the peer closes, or soon.
   */
  private void linger() throws IOException {
    channel.shutdownOutput();
    long deadlineNs = System.nanoTime() + LINGER_MS * 1_000_000L;
    byte[] discarded = new byte[INPUT_BYTES];
    InputStream in = channel.socket().getInputStream();
    int leftMs = LINGER_MS;
    try {
      while (leftMs > 0) {
        channel.socket().setSoTimeout(leftMs);
        if (in.read(discarded) < 0) {
          return;
        }
        leftMs = (int) ((deadlineNs - System.nanoTime()) / 1_000_000);
      }
    } catch (SocketTimeoutException e) {
      // The peer neither sends nor closes.
    }
  }

  /**
   * End the session if its thread has done nothing but wait for input since the last call. One look
   * is not enough: the thread may just be about to read what has arrived, and that would be lost.
   */
  void endIfIdle() {
    int now = steps;
    if (now == stepsSeen && (now & 1) == 1) {
      try {
        channel.shutdownInput();
      } catch (IOException e) {
        // It has ended by itself.
      }
    }
    stepsSeen = now;
  }

  Session session() {
    return session;
  }

  /** Close the connection under its thread. */
  void cutOff() {
    Loopback.close(channel);
  }
}

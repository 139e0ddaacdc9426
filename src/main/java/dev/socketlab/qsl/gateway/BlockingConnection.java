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

  /** Whether the thread is about to wait, or waits, for input with nothing left to send. */
  private volatile boolean reading;

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
    switch (session.state()) {
      case OPEN -> {}
      case ENDED -> linger();
      case DROPPED -> owner.tally().dropped();
    }
  }

  /** Wait for input; false at the end of it. While the gateway stops, take only what is there. */
  private boolean read(ByteBuffer in) throws IOException {
    reading = true;
    boolean read;
    if (owner.isStopping()) {
      channel.configureBlocking(false);
      read = channel.read(in) > 0;
      channel.configureBlocking(true);
    } else {
      read = channel.read(in) > 0;
    }
    reading = false;
    return read;
  }

  private void sendReplies() throws IOException {
    while (session.hasReplies() && session.state() != Session.State.DROPPED) {
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

  /** End the session if its thread waits for input; otherwise that thread will see the stop. */
  void endWhenIdle() {
    if (reading) {
      try {
        channel.shutdownInput();
      } catch (IOException e) {
        // It has ended by itself.
      }
    }
  }

  /** Close the connection under its thread. */
  void cutOff() {
    Loopback.close(channel);
  }
}

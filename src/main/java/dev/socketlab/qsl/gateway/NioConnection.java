package dev.socketlab.qsl.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * One connection of the selector loop. Replies are written as soon as they are there; only when the
 * socket takes no more does the connection wait until it is writable.
 */
final class NioConnection {
  private final NioTransport loop;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Session session;
  private int interest = SelectionKey.OP_READ;
  private boolean blocked;
  private boolean inputEnded;
  private boolean lingering;

  /** Whether the socket was ready for something since {@link #endIfIdle} looked. */
  private boolean active = true;

  /** When to stop lingering, as {@link System#nanoTime} counts. */
  private long deadlineNs;

  NioConnection(NioTransport loop, SocketChannel channel, SelectionKey key, Session session) {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
    this.session = session;
  }

  SocketChannel channel() {
    return channel;
  }

  Session session() {
    return session;
  }

  long deadlineNs() {
    return deadlineNs;
  }

  /** Do what the socket is ready for. */
  void onReady() throws IOException {
    int ready = key.readyOps();
    active = true;
    if (lingering) {
      discard();
      return;
    }
    if ((ready & SelectionKey.OP_WRITE) != 0) {
      send();
    }
    if ((ready & SelectionKey.OP_READ) != 0 && session.wantsInput()) {
      readOnce();
    }
    settle();
  }

  /** End the session if nothing has happened since the last call and nothing is left to send. */
  void endIfIdle() {
    if (!active && !blocked && !lingering) {
      loop.end(this);
    }
    active = false;
  }

  private void readOnce() throws IOException {
    ByteBuffer in = loop.inputBuffer();
    int bytes = channel.read(in);
    if (bytes < 0) {
      inputEnded = true;
    } else if (bytes > 0) {
      session.receive(in.flip());
      if (!blocked) {
        send();
      }
    }
  }

  private void send() throws IOException {
    blocked = false;
    while (session.hasReplies()) {
      ByteBuffer replies = session.replies();
      channel.write(replies);
      if (replies.hasRemaining()) {
        blocked = true;
        return;
      }
      session.resume();
    }
  }

  /** Close, or wait for what can happen next. */
  private void settle() throws IOException {
    if (blocked) {
      boolean reads = session.wantsInput() && !inputEnded;
      await(SelectionKey.OP_WRITE | (reads ? SelectionKey.OP_READ : 0));
    } else if (inputEnded) {
      loop.end(this);
    } else if (session.hasEnded()) {
      linger();
    } else {
      await(SelectionKey.OP_READ);
    }
  }

  private void await(int operations) {
    if (operations != interest) {
      interest = operations;
      key.interestOps(operations);
    }
  }

  /**
   * Let the peer read its last replies: a close with unread input would make the kernel send a
   * reset, which may overtake them. Ends when the peer closes, or soon.
   */
  private void linger() throws IOException {
    lingering = true;
    channel.shutdownOutput();
    await(SelectionKey.OP_READ);
    deadlineNs = loop.linger(this);
  }

  private void discard() throws IOException {
    if (channel.read(loop.inputBuffer()) < 0) {
      loop.end(this);
    }
  }
}

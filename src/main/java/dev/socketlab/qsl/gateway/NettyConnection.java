package dev.socketlab.qsl.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

/**
 * One connection of an event loop. Netty is given one slice of the replies at a time, and they
 * count as pending until it has sent them.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter implements ChannelFutureListener {
  private static final long LINGER_MS = 1000;

  private final SocketChannel channel;
  private final Session session;
  private final NettyTransport transport;

  /** How much of the replies Netty is sending; 0 if it is done. */
  private int sendingBytes;

  private boolean inputEnded;
  private boolean lingering;
  private boolean over;

  /** Whether something was received or sent since {@link #endIfIdle} looked. */
  private boolean active = true;

  NettyConnection(SocketChannel channel, Session session, NettyTransport transport) {
    this.channel = channel;
    this.session = session;
    this.transport = transport;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    active = true;
    try {
      session.receive(in.internalNioBuffer(in.readerIndex(), in.readableBytes()));
    } finally {
      in.release();
    }
    send();
    settle();
  }

  private void send() {
    while (sendingBytes == 0 && session.hasReplies() && !over) {
      ByteBuffer replies = session.replies();
      sendingBytes = replies.remaining();
      ByteBuf out = channel.alloc().directBuffer(sendingBytes);
      int start = replies.position();
      out.writeBytes(replies);
      replies.position(start);
      ChannelFuture sent = channel.writeAndFlush(out);
      if (sent.isDone()) {
        completeSend(sent);
      } else {
        var _ = sent.addListener(this);
      }
    }
  }

  private void completeSend(ChannelFuture sent) {
    Throwable cause = sent.cause();
    if (cause != null) {
      exceptionCaught(cause);
      return;
    }
    ByteBuffer replies = session.replies();
    replies.position(replies.position() + sendingBytes);
    sendingBytes = 0;
    session.resume();
  }

  /** Go on when Netty has sent what the socket did not take at once. */
  @Override
  public void operationComplete(ChannelFuture sent) {
    active = true;
    try {
      completeSend(sent);
      send();
      settle();
    } catch (RuntimeException | OutOfMemoryError e) {
      exceptionCaught(e);
    }
  }

  /** Close, or wait for what can happen next. */
  private void settle() {
    if (over || lingering) {
      return;
    }
    if (sendingBytes > 0) {
      closeAtEndOfInput(false);
      channel.config().setAutoRead(session.wantsInput() && !inputEnded);
    } else if (inputEnded) {
      end();
    } else if (session.hasEnded()) {
      linger();
    } else {
      closeAtEndOfInput(true);
      channel.config().setAutoRead(true);
    }
  }

  /**
   * Netty closes a connection at the end of its input, unless half-closure is allowed; then it
   * makes a system call to shut the input down. So that is allowed only while something is sent.
   */
  private void closeAtEndOfInput(boolean close) {
    channel.config().setAllowHalfClosure(!close);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      settle();
    }
  }

  /**
   * Let the peer read its last replies: a close with unread input would make the kernel send a
   * reset, which may overtake them. Ends when the peer closes, or soon.
   */
  private void linger() {
    lingering = true;
    closeAtEndOfInput(true);
    channel.config().setAutoRead(true);
    var _ = channel.shutdownOutput();
    var _ = channel.eventLoop().schedule(this::end, LINGER_MS, TimeUnit.MILLISECONDS);
  }

  /** End the session if nothing has happened since the last call and nothing is left to send. */
  void endIfIdle() {
    if (!active && sendingBytes == 0 && !lingering) {
      end();
    }
    active = false;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    exceptionCaught(cause);
  }

  private void exceptionCaught(Throwable cause) {
    if (!over && !(cause instanceof ClosedChannelException)) {
      fail();
    }
    if (!(cause instanceof IOException)) {
      // One connection's fault must not end the others.
      transport.report(cause);
    }
  }

  Session session() {
    return session;
  }

  void fail() {
    transport.tally().failed();
    end();
  }

  /** Close the connection. */
  void end() {
    over = true;
    var _ = channel.close();
  }
}

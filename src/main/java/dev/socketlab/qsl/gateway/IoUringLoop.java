package dev.socketlab.qsl.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;

/**
 * Netty on io_uring. One request for each connection receives again and again into a ring of
 * buffers that all share, so that nobody asks for input twice and an idle connection holds no
 * buffer. Where the kernel has no such ring, Netty does without.
 */
final class IoUringLoop implements NativeLoop {
  private static final short GROUP = 0;
  private static final short RING_BUFFERS = 64;
  private static final int BUFFER_BYTES = 16 << 10;

  private final ByteBufAllocator buffers;

  IoUringLoop(ByteBufAllocator buffers) {
    this.buffers = buffers;
  }

  @Override
  public String threadName() {
    return "qsl-uring-loop";
  }

  @Override
  public IoHandlerFactory handlers() {
    IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
    if (IoUring.isRegisterBufferRingSupported()) {
      config.setBufferRingConfig(
          IoUringBufferRingConfig.builder()
              .bufferGroupId(GROUP)
              .bufferRingSize(RING_BUFFERS)
              .batchSize(RING_BUFFERS / 2)
              .allocator(new IoUringFixedBufferRingAllocator(buffers, BUFFER_BYTES))
              .build());
    }
    return IoUringIoHandler.newFactory(config);
  }

  @Override
  public ServerChannel newListener() {
    // An IPv4 one, because NettyAvailability has asked for that.
    return new IoUringServerSocketChannel();
  }

  @Override
  public void prepare(Channel connection) {
    if (IoUring.isRegisterBufferRingSupported()) {
      connection.config().setOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
    }
  }
}

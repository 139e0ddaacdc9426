package dev.socketlab.qsl.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NettyLeaksTest {
  private final NettyLeaks leaks = NettyLeaks.watch();

  @AfterEach
  void close() {
    leaks.close();
  }

  @Test
  void aBufferThatNobodyReleasesIsFound() {
    NettyLeaks.lose("the lost one");

    assertThat(leaks.found())
        .singleElement()
        .asString()
        .startsWith("LEAK: ByteBuf.release() was not called")
        .contains("the lost one")
        .contains("NettyLeaksTest.aBufferThatNobodyReleasesIsFound");
  }

  @Test
  void aReleasedBufferIsNotFound() {
    NettyTransport.BUFFERS.directBuffer(1).touch("the kept one").release();

    assertThat(leaks.found()).isEmpty();
  }
}

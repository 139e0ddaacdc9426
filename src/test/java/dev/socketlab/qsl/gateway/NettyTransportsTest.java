package dev.socketlab.qsl.gateway;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, kept by Netty's native transports. */
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = TransportKind.class,
    names = {"EPOLL", "IO_URING"})
class NettyTransportsTest extends TransportContract {
  NettyTransportsTest(TransportKind kind) throws IOException {
    super(kind);
  }
}

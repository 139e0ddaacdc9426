package dev.socketlab.qsl.gateway;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, kept by the transports of the JDK. */
@ParameterizedClass(name = "{0}")
@EnumSource(
    value = TransportKind.class,
    mode = EnumSource.Mode.EXCLUDE,
    names = {"EPOLL", "IO_URING"})
class JdkTransportsTest extends TransportContract {
  JdkTransportsTest(TransportKind kind) throws IOException {
    super(kind);
  }
}

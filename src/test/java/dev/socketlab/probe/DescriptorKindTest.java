package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorKindTest {

  @ParameterizedTest
  @CsvSource({
    "socket:[15768], SOCKET",
    "pipe:[2011], PIPE",
    "/dev/null, FILE",
    "/tmp/a (deleted), FILE",
    "anon_inode:[eventfd], EVENTFD",
    "anon_inode:[eventfd:22], EVENTFD",
    "anon_inode:[eventpoll], EPOLL",
    "anon_inode:[timerfd], OTHER",
    "anon_inode:[io_uring], OTHER",
    "net:[4026531840], OTHER"
  })
  void theTargetOfALinkTellsTheKind(String target, DescriptorKind kind) {
    assertThat(DescriptorKind.ofLink(target)).isEqualTo(kind);
  }
}

package dev.socketlab.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ProcessSocketsTest {
  @Test
  void onlySocketLinksHaveASocketInode() {
    assertThat(ProcessSockets.inode("socket:[21367]")).hasValue(21367);
    assertThat(ProcessSockets.inode("pipe:[21367]")).isEmpty();
    assertThat(ProcessSockets.inode("/dev/null")).isEmpty();
  }

  @Test
  void missingProcessThrows() {
    assertThatExceptionOfType(ProbeException.class)
        .isThrownBy(() -> ProcessSockets.of(Integer.MAX_VALUE))
        .withMessageStartingWith("cannot read: source=/proc/2147483647/fd");
  }
}

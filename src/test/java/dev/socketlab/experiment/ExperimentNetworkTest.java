package dev.socketlab.experiment;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ExperimentNetworkTest {

  /** What an immutable collection throws is no refusal of the kernel, and must not skip a test. */
  @Test
  void aDefectClosesNoGate() {
    assertThatThrownBy(() ->
            ExperimentNetwork.detect(
                () -> {
                  List.of("one").add("other");
                  return () -> {};
                },
                "works"))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}

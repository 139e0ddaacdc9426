package dev.socketlab.qsl.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.probe.ProtocolCounters;
import dev.socketlab.testkit.PrivateNetworks;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a publisher says that it has published is what the kernel says that has left. */
@Tag("isolation")
class FeedToNobodyIT {
  private static final int PORT = 9020;

  @Test
  void everyDatagramLeavesAlthoughNobodyIsBoundToItsPort() throws Throwable {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PublishOptions options = new PublishOptions(PORT, 42, 200, Long.MAX_VALUE, false);
    FeedPublisher publisher =
        new FeedPublisher(
            options, InputStream.nullInputStream(), new PrintStream(printed, true, UTF_8));
    try (PrivateNetworkThread network = PrivateNetworks.openOrSkip()) {
      network.call(publisher::run);
      ProtocolCounters after = network.call(ProtocolCounters::read);

      assertThat(printed.toString(UTF_8)).contains("\npublished=162 failed=0 ");
      assertThat(after.value("Udp", "OutDatagrams")).isEqualTo(162);
      assertThat(after.value("Udp", "NoPorts")).isEqualTo(162);
    }
  }
}

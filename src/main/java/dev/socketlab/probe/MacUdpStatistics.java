package dev.socketlab.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * UDP counters of a macOS host, from {@code netstat -s -p udp}; the only drop count there, as macOS
 * shows none per socket.
 *
 * <p>They count the whole host since it was started, so a difference equals one experiment's drops
 * only while nothing else on the host loses datagrams.
 *
 * <pre>{@code
 * MacUdpStatistics before = MacUdpStatistics.read();
 * burst.run();
 * long dropped = MacUdpStatistics.read().since(before).droppedFullSocketBuffers();
 * }</pre>
 *
 * @param received datagrams that arrived
 * @param droppedFullSocketBuffers datagrams dropped due to full socket buffers
 * @param delivered datagrams put into a socket's buffer
 * @param output datagrams sent
 */
public record MacUdpStatistics(
    long received, long droppedFullSocketBuffers, long delivered, long output) {
  private static final String SOURCE = "netstat -s -p udp";

  /**
   * Run {@code netstat} and parse what it prints.
   *
   * @return the counters
   * @throws ProbeException if this is not macOS, or the command fails or prints something else
   */
  public static MacUdpStatistics read() {
    String os = System.getProperty("os.name", "unknown");
    if (!os.toLowerCase(Locale.ROOT).startsWith("mac")) {
      throw ProbeException.inconsistent(SOURCE, "only macOS prints this format: os.name=" + os);
    }
    try {
      return parse(run().lines().toList());
    } catch (IOException e) {
      throw ProbeException.unreadable(SOURCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ProbeException.unreadable(SOURCE, e);
    }
  }

  private static String run() throws IOException, InterruptedException {
    Process netstat =
        new ProcessBuilder("/usr/sbin/netstat", "-s", "-p", "udp")
            .redirectErrorStream(true)
            .start();
    try (InputStream out = netstat.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int exitStatus = netstat.waitFor();
      if (exitStatus != 0) {
        throw ProbeException.incomplete(
            SOURCE, "exit status 0, found %d with output \"%s\"".formatted(exitStatus, text));
      }
      return text;
    } finally {
      netstat.destroy();
    }
  }

  static MacUdpStatistics parse(List<String> text) {
    List<Line> lines = Line.of(SOURCE, text);
    return new MacUdpStatistics(
        counter(lines, "datagrams? received"),
        counter(lines, "dropped due to full socket buffers"),
        counter(lines, "delivered"),
        counter(lines, "datagrams? output"));
  }

  private static long counter(List<Line> lines, String label) {
    Pattern pattern = Pattern.compile("\\s*(\\d+) " + label);
    for (Line line : lines) {
      Matcher counter = pattern.matcher(line.text());
      if (counter.matches()) {
        return line.unsigned(counter.group(1), label);
      }
    }
    throw ProbeException.incomplete(SOURCE, "a line \"<number> " + label + "\"");
  }

  /**
   * Subtract an earlier reading.
   *
   * @param before the earlier reading
   * @return what each counter counted in between
   * @throws ProbeException if a counter went backwards
   */
  public MacUdpStatistics since(MacUdpStatistics before) {
    return new MacUdpStatistics(
        Counter.difference(SOURCE, "received", before.received, received),
        Counter.difference(
            SOURCE,
            "dropped due to full socket buffers",
            before.droppedFullSocketBuffers,
            droppedFullSocketBuffers),
        Counter.difference(SOURCE, "delivered", before.delivered, delivered),
        Counter.difference(SOURCE, "output", before.output, output));
  }
}

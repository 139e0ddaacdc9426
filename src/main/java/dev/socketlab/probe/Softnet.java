package dev.socketlab.probe;

import java.nio.file.Path;
import java.util.List;

/**
 * Snapshot of the per-CPU packet queues, from {@code net/softnet_stat}: one line of hexadecimal
 * 32-bit columns per online CPU. Read here: 1 packets processed, 2 packets dropped because the
 * backlog was full, 3 times the budget ran out, 10 wake-ups from another CPU (receive packet
 * steering), 12 backlog length, 13 the CPU's number (there since Linux 5.10).
 *
 * <p>Unlike the other files in that directory it is not per network: it counts the whole host.
 * Loopback packets are processed through these queues.
 *
 * <pre>{@code
 * Softnet before = Softnet.read();
 * burst.run();
 * long dropped = Softnet.read().droppedSince(before);
 * }</pre>
 *
 * @param cpus the CPUs in the kernel's order
 */
public record Softnet(List<Cpu> cpus) {
  private static final int LEAST_COLUMNS = 13;

  /**
   * Counters of one CPU.
   *
   * @param cpu the CPU's number
   * @param processed packets processed, modulo 2 to the power of 32
   * @param dropped packets dropped because the backlog queue was full
   * @param timeSqueezed times that work was left over when the budget ran out
   * @param steered times that another CPU woke this one to process packets
   * @param backlogLength packets queued at the moment of reading; a level, not a counter
   */
  public record Cpu(
      int cpu, long processed, long dropped, long timeSqueezed, long steered, long backlogLength) {}

  /** Keep an unmodifiable copy of the CPUs. */
  public Softnet {
    cpus = List.copyOf(cpus);
  }

  /**
   * Read the queues of the host.
   *
   * @return the snapshot
   * @throws ProbeException if the file cannot be read or parsed
   */
  public static Softnet read() {
    Path file = NetworkView.ofCallingThread().file("softnet_stat");
    return parse(file.toString(), KernelText.lines(file));
  }

  static Softnet parse(String source, List<String> lines) {
    if (lines.isEmpty()) {
      throw ProbeException.incomplete(source, "a line per CPU");
    }
    return new Softnet(Line.of(source, lines).stream().map(Softnet::cpu).toList());
  }

  private static Cpu cpu(Line line) {
    List<String> fields = line.fields();
    if (fields.size() < LEAST_COLUMNS) {
      throw line.malformed("at least 13 columns (Linux 5.10), found " + fields.size());
    }
    return new Cpu(
        (int) line.hex32(fields.get(12), "cpu"),
        line.hex32(fields.get(0), "processed"),
        line.hex32(fields.get(1), "dropped"),
        line.hex32(fields.get(2), "time_squeeze"),
        line.hex32(fields.get(9), "received_rps"),
        line.hex32(fields.get(11), "backlog length"));
  }

  /**
   * Count the packets that full backlogs of all CPUs dropped between two readings.
   *
   * @param before the earlier reading
   * @return packets of the whole host
   * @throws ProbeException if a counter went backwards, or CPUs came or went
   */
  public long droppedSince(Softnet before) {
    List<Integer> numbers = cpus.stream().map(Cpu::cpu).toList();
    List<Integer> earlier = before.cpus.stream().map(Cpu::cpu).toList();
    if (!numbers.equals(earlier)) {
      throw ProbeException.inconsistent(
          "net/softnet_stat", "CPUs differ: before=%s, after=%s".formatted(earlier, numbers));
    }
    long dropped = 0;
    for (int i = 0; i < cpus.size(); i++) {
      String counter = "dropped of CPU " + numbers.get(i);
      dropped +=
          Counter.difference(
              "net/softnet_stat", counter, before.cpus.get(i).dropped, cpus.get(i).dropped);
    }
    return dropped;
  }
}

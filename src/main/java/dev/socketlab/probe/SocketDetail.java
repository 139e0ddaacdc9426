package dev.socketlab.probe;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * What sock_diag tells of a socket beyond addresses, state and queues (man 7 sock_diag): granted
 * backlog and buffers, timer, memory, and {@code struct tcp_info}. What a kernel does not tell is
 * absent, never 0: a structure of an older one is shorter and is read as far as it goes, and of a
 * socket that was read from {@code /proc/net} everything is absent.
 *
 * {@snippet :
 * TcpSocket end = TcpSockets.readOnPort(port).all().getFirst();
 * long granted = end.detail().memory("rcvbuf").orElseThrow();
 * long segments = end.detail().tcpInfo("data_segs_in").orElseThrow();
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class SocketDetail {
  static final SocketDetail NONE =
      new SocketDetail(OptionalLong.empty(), Optional.empty(), Optional.empty(), null, null);

  /** In the order of {@code linux/sock_diag.h}, 32 bits each. */
  private static final List<String> MEMORY =
      List.of(
          "rmem_alloc",
          "rcvbuf",
          "wmem_alloc",
          "sndbuf",
          "fwd_alloc",
          "wmem_queued",
          "optmem",
          "backlog",
          "drops");

  /**
   * In the order of {@code linux/tcp.h} of Linux 6.18, as the types of the running kernel show it
   * ({@code bpftrace -lv 'struct tcp_info'}), with their bytes. Two bytes of bit fields have no
   * name here.
   */
  private static final String TCP_INFO =
      "state:1 ca_state:1 retransmits:1 probes:1 backoff:1 options:1 -:1 -:1 rto:4 ato:4 snd_mss:4"
          + " rcv_mss:4 unacked:4 sacked:4 lost:4 retrans:4 fackets:4 last_data_sent:4"
          + " last_ack_sent:4 last_data_recv:4 last_ack_recv:4 pmtu:4 rcv_ssthresh:4 rtt:4"
          + " rttvar:4 snd_ssthresh:4 snd_cwnd:4 advmss:4 reordering:4 rcv_rtt:4 rcv_space:4"
          + " total_retrans:4 pacing_rate:8 max_pacing_rate:8 bytes_acked:8 bytes_received:8"
          + " segs_out:4 segs_in:4 notsent_bytes:4 min_rtt:4 data_segs_in:4 data_segs_out:4"
          + " delivery_rate:8 busy_time:8 rwnd_limited:8 sndbuf_limited:8 delivered:4"
          + " delivered_ce:4 bytes_sent:8 bytes_retrans:8 dsack_dups:4 reord_seen:4 rcv_ooopack:4"
          + " snd_wnd:4 rcv_wnd:4 rehash:4 total_rto:2 total_rto_recoveries:2 total_rto_time:4"
          + " received_ce:4 delivered_e1_bytes:4 delivered_e0_bytes:4 delivered_ce_bytes:4"
          + " received_e1_bytes:4 received_e0_bytes:4 received_ce_bytes:4 accecn_fail_mode:2"
          + " accecn_opt_seen:2";

  private static final String BIT_FIELDS = "-";

  private final OptionalLong backlog;
  private final Optional<Boolean> v6Only;
  private final Optional<Timer> timer;
  private final @Nullable ByteBuffer memory;
  private final @Nullable ByteBuffer tcpInfo;

  SocketDetail(
      OptionalLong backlog,
      Optional<Boolean> v6Only,
      Optional<Timer> timer,
      @Nullable ByteBuffer memory,
      @Nullable ByteBuffer tcpInfo) {
    this.backlog = backlog;
    this.v6Only = v6Only;
    this.timer = timer;
    this.memory = memory;
    this.tcpInfo = tcpInfo;
  }

  static SocketDetail ofTcpInfo(ByteBuffer tcpInfo) {
    return new SocketDetail(
        OptionalLong.empty(), Optional.empty(), Optional.empty(), null, tcpInfo);
  }

  /**
   * What a socket's timer runs for.
   *
   * @param kind which timer
   * @param expiresMs when it expires, milliseconds from the reading on; 0 where none runs
   * @param retransmissions segments, probes of a zero window or keepalive probes sent so far in a
   *     row
   */
  public record Timer(TimerKind kind, long expiresMs, int retransmissions) {}

  /** Which timer of a socket runs: {@code idiag_timer}, man 7 sock_diag. */
  public enum TimerKind {
    /** No timer. */
    NONE,
    /** A segment is repeated when it is not acknowledged (also the early and the last probe). */
    RETRANSMIT,
    /** Keepalive; also the end of FIN_WAIT2. */
    KEEPALIVE,
    /** The end of TIME_WAIT. */
    TIME_WAIT,
    /** A window of 0 is probed. */
    ZERO_WINDOW,
    /** One that a newer kernel has. */
    OTHER;

    static TimerKind of(int code) {
      return switch (code) {
        case 0 -> NONE;
        case 1 -> RETRANSMIT;
        case 2 -> KEEPALIVE;
        case 3 -> TIME_WAIT;
        case 4 -> ZERO_WINDOW;
        default -> OTHER;
      };
    }
  }

  /**
   * Tells the backlog of a listener that the kernel granted: what {@code listen} asked for, at most
   * {@code net.core.somaxconn}. One connection more than that is kept.
   *
   * @return connections; absent for a socket that does not listen
   */
  public OptionalLong backlog() {
    return backlog;
  }

  /**
   * Tells whether an IPv6 socket leaves IPv4 alone (IPV6_V6ONLY).
   *
   * @return absent for an IPv4 socket, and for one that is connected, of which the kernel does not
   *     tell it
   */
  public Optional<Boolean> v6Only() {
    return v6Only;
  }

  /**
   * Tells which timer of the socket runs.
   *
   * @return the timer, {@link TimerKind#NONE} where none does; absent for a unix socket
   */
  public Optional<Timer> timer() {
    return timer;
  }

  /**
   * Tells a figure of the socket's memory, in bytes, and its drops: {@code INET_DIAG_SKMEMINFO}.
   *
   * @param name {@code rcvbuf} and {@code sndbuf}, the granted buffers; {@code rmem_alloc}, {@code
   *     wmem_alloc}, {@code fwd_alloc}, {@code wmem_queued}, {@code optmem}; {@code backlog}, what
   *     arrived while the socket was in use; {@code drops}, datagrams or segments dropped
   * @return the figure; absent where this kernel has none of this name, or the socket no memory any
   *     more (TIME_WAIT)
   * @throws IllegalArgumentException if no kernel has a figure of this name
   */
  public OptionalLong memory(String name) {
    int index = MEMORY.indexOf(name);
    if (index < 0) {
      throw unknown(name, "SK_MEMINFO", MEMORY);
    }
    return number(memory, index * Integer.BYTES, Integer.BYTES);
  }

  /**
   * Tells a figure of {@code struct tcp_info}.
   *
   * @param name as in {@code linux/tcp.h}, without {@code tcpi_}: {@code data_segs_in}, {@code rtt}
   *     (microseconds), {@code bytes_acked}, {@code total_retrans}, {@code snd_wnd} …
   * @return the figure, where -1 is a rate without limit; absent where this kernel has none of this
   *     name, or the socket is none of TCP or in TIME_WAIT
   * @throws IllegalArgumentException if no kernel up to Linux 6.18 has a figure of this name
   */
  public OptionalLong tcpInfo(String name) {
    int offset = 0;
    for (String field : TCP_INFO.split(" ", -1)) {
      int bytes = field.charAt(field.length() - 1) - '0';
      if (field.startsWith(name + ":") && !name.equals(BIT_FIELDS)) {
        return number(tcpInfo, offset, bytes);
      }
      offset += bytes;
    }
    throw unknown(
        name, "struct tcp_info", List.of(TCP_INFO.replaceAll("-:1 |:[1248]", "").split(" ", -1)));
  }

  /**
   * Tells every figure of {@code struct tcp_info} that this kernel has.
   *
   * @return names, without {@code tcpi_}, to figures; empty where there is no such structure
   */
  public SortedMap<String, Long> tcpInfo() {
    SortedMap<String, Long> all = new TreeMap<>();
    for (String field : TCP_INFO.split(" ", -1)) {
      String name = field.substring(0, field.indexOf(':'));
      if (!name.equals(BIT_FIELDS)) {
        tcpInfo(name).ifPresent(figure -> all.put(name, figure));
      }
    }
    return Collections.unmodifiableSortedMap(all);
  }

  private static OptionalLong number(@Nullable ByteBuffer structure, int offset, int bytes) {
    if (structure == null || offset + bytes > structure.limit()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        switch (bytes) {
          case Byte.BYTES -> Byte.toUnsignedLong(structure.get(offset));
          case Short.BYTES -> Short.toUnsignedLong(structure.getShort(offset));
          case Integer.BYTES -> Integer.toUnsignedLong(structure.getInt(offset));
          default -> structure.getLong(offset);
        });
  }

  private static IllegalArgumentException unknown(String name, String where, List<String> known) {
    return new IllegalArgumentException(
        "name=\"%s\" is none of %s: %s".formatted(name, where, String.join(", ", known)));
  }

  /** For messages. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    backlog.ifPresent(connections -> text.append("backlog ").append(connections).append(' '));
    v6Only.ifPresent(only -> text.append("v6only ").append(only).append(' '));
    timer.ifPresent(running -> text.append(running).append(' '));
    MEMORY.forEach(name ->
        memory(name).ifPresent(figure -> text.append(name).append(' ').append(figure).append(' ')));
    return text + tcpInfo().toString();
  }
}

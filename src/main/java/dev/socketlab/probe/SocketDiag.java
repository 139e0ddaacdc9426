package dev.socketlab.probe;

import dev.socketlab.internal.os.SystemCalls;
import dev.socketlab.probe.NetlinkSocket.RefusedException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Questions to sock_diag, and its answers: {@code struct inet_diag_req_v2}, {@code inet_diag_msg},
 * {@code unix_diag_req} and {@code unix_diag_msg} of {@code linux/inet_diag.h} and {@code
 * linux/unix_diag.h}, with the attributes that follow.
 *
 * <p>The kernel gives a table in portions and unlocks it in between. It finds its place again by
 * the number of the hash bucket, and within that by counting ({@code inet_diag_dump_icsk} in {@code
 * net/ipv4/inet_diag.c}); so a socket that is opened or closed in the bucket in which a portion
 * ended makes another one appear twice or not at all, in that bucket alone. Sockets are told apart
 * by their cookie, which the kernel gives to no other one; so none appears twice here, and a table
 * of several portions is read until two readings hold the same sockets.
 */
final class SocketDiag {
  static final int TCP = 6;
  static final int UDP = 17;

  /** States 1 to 12, of {@code net/tcp_states.h}. */
  static final int ALL_STATES = 0x1FFE;

  static final int LISTENERS = 1 << 10;

  /**
   * Where sockets come and go all the time, no two readings may be equal. Then the sockets of this
   * many are taken, with some that have been closed: one that is open is left out only if all left
   * it out.
   */
  static final int READINGS = 3;

  private static final String SOURCE = "netlink sock_diag";
  private static final int CLONE_NEWNET = 0x4000_0000;
  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final long NO_COOKIE = -1;

  private static final int INET_BYTES = 72;
  private static final int INET_COOKIE = 44;
  private static final int UNIX_BYTES = 16;
  private static final int UNIX_COOKIE = 8;

  private static final int INET_DIAG_INFO = 2;
  private static final int INET_DIAG_SKMEMINFO = 7;
  private static final int INET_DIAG_SKV6ONLY = 11;
  private static final int EXTENSIONS =
      (1 << (INET_DIAG_INFO - 1)) | (1 << (INET_DIAG_SKMEMINFO - 1));

  private static final int UNIX_DIAG_NAME = 0;
  private static final int UNIX_DIAG_PEER = 2;
  private static final int UNIX_DIAG_RQLEN = 4;
  private static final int UNIX_DIAG_MEMINFO = 5;
  private static final int UDIAG_SHOW = 1 | 4 | 0x10 | 0x20; // name, peer, rqlen, meminfo

  private static final int ATTRIBUTE_HEADER_BYTES = 4;
  private static final int ATTRIBUTE_TYPE = 0x3FFF;

  private SocketDiag() {}

  /** A TCP or UDP socket, as the kernel tells of it. */
  record Row(
      int state,
      InetSocketAddress local,
      InetSocketAddress remote,
      long rxQueue,
      long txQueue,
      long inode,
      SocketDetail detail) {}

  /**
   * Whether it is asked where the files would do: not where the JVM would warn of it, for the wait
   * until a server listens is no reason to warn.
   */
  private static boolean isAsked() {
    return SocketDiag.class.getModule().isNativeAccessEnabled();
  }

  /**
   * Reads the sockets of a protocol, IPv4 first.
   *
   * @param port local port; 0 for all
   * @return empty where sock_diag is refused or not asked
   */
  static Optional<List<Row>> inet(NetworkView view, int protocol, int states, int port) {
    if (!isAsked()) {
      return Optional.empty();
    }
    try (NetlinkSocket socket = openIn(view)) {
      List<Row> rows = new ArrayList<>();
      for (int family : List.of(AF_INET, AF_INET6)) {
        if (family == AF_INET || hasIpv6(view)) {
          ByteBuffer question = question(family, protocol, states, port, null, null);
          all(INET_COOKIE, () -> socket.dump(question)).forEach(message -> rows.add(row(message)));
        }
      }
      return Optional.of(List.copyOf(rows));
    } catch (RefusedException _) {
      return Optional.empty();
    }
  }

  private static boolean hasIpv6(NetworkView view) {
    return Files.exists(view.file("tcp6"));
  }

  /**
   * Looks one TCP socket up.
   *
   * @return empty where sock_diag is refused or not asked; an empty list where there is no such
   *     socket
   */
  static Optional<List<Row>> connection(InetSocketAddress local, InetSocketAddress remote) {
    if (!isAsked()) {
      return Optional.empty();
    }
    int family = local.getAddress() instanceof Inet4Address ? AF_INET : AF_INET6;
    try (NetlinkSocket socket = openIn(NetworkView.ofCallingThread())) {
      return Optional.of(
          List.of(row(socket.find(question(family, TCP, ALL_STATES, 0, local, remote)))));
    } catch (RefusedException refusal) {
      // A kernel without tcp_diag says the same, but of listeners, too.
      return refusal.isNotFound()
          ? inet(NetworkView.ofCallingThread(), TCP, LISTENERS, 0).map(_ -> List.of())
          : Optional.empty();
    }
  }

  /** Reads the unix sockets of a network. */
  static List<UnixSocket> unix(NetworkView view) {
    ByteBuffer question =
        ByteBuffer.allocate(24)
            .order(ByteOrder.nativeOrder())
            .put((byte) AF_UNIX)
            .put((byte) 0)
            .putShort((short) 0)
            .putInt(-1) // all states
            .putInt(0) // all inodes
            .putInt(UDIAG_SHOW)
            .putLong(NO_COOKIE)
            .flip();
    try (NetlinkSocket socket = openIn(view)) {
      return all(UNIX_COOKIE, () -> socket.dump(question)).stream()
          .map(SocketDiag::unixSocket)
          .toList();
    } catch (RefusedException refusal) {
      throw ProbeException.unreadable(SOURCE, refusal);
    }
  }

  /** The kernel's question is in the byte order of the network where that is of an address. */
  private static ByteBuffer question(
      int family,
      int protocol,
      int states,
      int port,
      @Nullable InetSocketAddress local,
      @Nullable InetSocketAddress remote) {
    ByteBuffer question = ByteBuffer.allocate(56).order(ByteOrder.nativeOrder());
    question.put((byte) family).put((byte) protocol).put((byte) EXTENSIONS).put((byte) 0);
    question.putInt(states);
    question.order(ByteOrder.BIG_ENDIAN).putShort((short) (local == null ? port : local.getPort()));
    question.putShort((short) (remote == null ? 0 : remote.getPort()));
    question.put(local == null ? new byte[16] : Arrays.copyOf(local.getAddress().getAddress(), 16));
    question.put(
        remote == null ? new byte[16] : Arrays.copyOf(remote.getAddress().getAddress(), 16));
    return question.putInt(0).putLong(NO_COOKIE).flip();
  }

  @FunctionalInterface
  interface Reading {
    NetlinkSocket.Answer read() throws RefusedException;
  }

  /** Every socket that was open throughout, once. */
  static List<ByteBuffer> all(int cookie, Reading reading) throws RefusedException {
    Map<Long, ByteBuffer> found = new LinkedHashMap<>();
    Set<Long> before = Set.of();
    for (int n = 0; n < READINGS; n++) {
      NetlinkSocket.Answer answer = reading.read();
      Map<Long, ByteBuffer> now = new LinkedHashMap<>();
      answer.messages().forEach(message -> now.put(cookie(message, cookie), message));
      boolean complete = answer.portions() <= 1 || now.keySet().equals(before);
      if (complete && !answer.interrupted()) {
        return List.copyOf(now.values());
      }
      found.putAll(now);
      before = answer.interrupted() ? Set.of() : now.keySet();
    }
    return List.copyOf(found.values());
  }

  private static long cookie(ByteBuffer message, int offset) {
    require(message, offset + Long.BYTES);
    return message.getLong(offset);
  }

  /** Reads the answer about one TCP or UDP socket, by whatever kernel it was given. */
  static Row row(ByteBuffer message) {
    require(message, INET_BYTES);
    Map<Integer, ByteBuffer> attributes = attributes(message, INET_BYTES);
    int family = message.get(0);
    int state = message.get(1);
    long txQueue = unsigned(message, 60);
    boolean listens = (1 << state) == LISTENERS;
    SocketDetail.Timer timer =
        new SocketDetail.Timer(
            SocketDetail.TimerKind.of(message.get(2)),
            unsigned(message, 52),
            Byte.toUnsignedInt(message.get(3)));
    ByteBuffer v6Only = attributes.get(INET_DIAG_SKV6ONLY);
    return new Row(
        state,
        endpoint(message, family, 4, 8),
        endpoint(message, family, 6, 24),
        unsigned(message, 56),
        listens ? 0 : txQueue,
        unsigned(message, 68),
        new SocketDetail(
            listens ? OptionalLong.of(txQueue) : OptionalLong.empty(),
            v6Only == null ? Optional.empty() : Optional.of(v6Only.get(0) != 0),
            Optional.of(timer),
            attributes.get(INET_DIAG_SKMEMINFO),
            attributes.get(INET_DIAG_INFO)));
  }

  private static InetSocketAddress endpoint(ByteBuffer message, int family, int port, int address) {
    byte[] bytes = new byte[family == AF_INET ? 4 : 16];
    message.get(address, bytes);
    int number =
        (Byte.toUnsignedInt(message.get(port)) << 8) | Byte.toUnsignedInt(message.get(port + 1));
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), number);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("length of an IP address: bytes=" + bytes.length, e);
    }
  }

  /** Reads the answer about one unix socket. */
  static UnixSocket unixSocket(ByteBuffer message) {
    require(message, UNIX_BYTES);
    Map<Integer, ByteBuffer> attributes = attributes(message, UNIX_BYTES);
    ByteBuffer queues = attributes.get(UNIX_DIAG_RQLEN);
    if (queues == null || queues.remaining() < 2 * Integer.BYTES) {
      throw ProbeException.incomplete(SOURCE, "the queues of a unix socket (UNIX_DIAG_RQLEN)");
    }
    TcpSocket.State state = TcpSocket.State.of(SOURCE, message.get(2));
    boolean listens = state == TcpSocket.State.LISTEN;
    long txQueue = unsigned(queues, Integer.BYTES);
    ByteBuffer name = attributes.get(UNIX_DIAG_NAME);
    ByteBuffer peer = attributes.get(UNIX_DIAG_PEER);
    return new UnixSocket(
        name == null ? Optional.empty() : Optional.of(name(name)),
        UnixSocket.Type.of(SOURCE, message.get(1)),
        state,
        listens ? 0 : txQueue,
        unsigned(queues, 0),
        unsigned(message, 4),
        peer == null ? OptionalLong.empty() : OptionalLong.of(unsigned(peer, 0)),
        new SocketDetail(
            listens ? OptionalLong.of(txQueue) : OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            attributes.get(UNIX_DIAG_MEMINFO),
            null));
  }

  /** A name without a file begins with a byte 0, which everybody writes as @. */
  private static String name(ByteBuffer name) {
    String text = StandardCharsets.UTF_8.decode(name.duplicate()).toString();
    String end = text.replaceAll("\0+$", "");
    return end.startsWith("\0") ? "@" + end.substring(1) : end;
  }

  private static Map<Integer, ByteBuffer> attributes(ByteBuffer message, int start) {
    Map<Integer, ByteBuffer> attributes = new HashMap<>();
    int at = start;
    while (message.limit() - at >= ATTRIBUTE_HEADER_BYTES) {
      int bytes = Short.toUnsignedInt(message.getShort(at));
      if (bytes < ATTRIBUTE_HEADER_BYTES || bytes > message.limit() - at) {
        throw ProbeException.incomplete(
            SOURCE,
            "an attribute of %d bytes at byte %d of %d".formatted(bytes, at, message.limit()));
      }
      attributes.put(
          message.getShort(at + 2) & ATTRIBUTE_TYPE,
          message
              .slice(at + ATTRIBUTE_HEADER_BYTES, bytes - ATTRIBUTE_HEADER_BYTES)
              .order(message.order()));
      at += (bytes + 3) & ~3;
    }
    return attributes;
  }

  private static long unsigned(ByteBuffer message, int offset) {
    return Integer.toUnsignedLong(message.getInt(offset));
  }

  private static void require(ByteBuffer message, int bytes) {
    if (message.remaining() < bytes) {
      throw ProbeException.incomplete(
          SOURCE, "an answer of %d bytes, not %d".formatted(bytes, message.remaining()));
    }
  }

  /**
   * Opens a socket in the network of a view. A network that is not the calling thread's is entered
   * by a thread that does nothing else and ends.
   */
  private static NetlinkSocket openIn(NetworkView view) throws RefusedException {
    if (!view.directory().startsWith("/proc")) {
      throw new RefusedException(view.directory() + " is of no process", 0);
    }
    Path network = namespace(view);
    try {
      Path own = namespace(NetworkView.ofCallingThread());
      return new NetlinkSocket(
          Files.readSymbolicLink(network).equals(Files.readSymbolicLink(own))
              ? NetlinkSocket.openDescriptor()
              : openElsewhere(network.toString()));
    } catch (IllegalCallerException denied) {
      throw new RefusedException(
          "foreign functions are denied to this JVM; add --enable-native-access=ALL-UNNAMED", 0);
    } catch (IOException failure) {
      throw new RefusedException("the network of a process is not shown: " + failure, 0);
    }
  }

  private static Path namespace(NetworkView view) {
    return view.directory().resolveSibling("ns").resolve("net");
  }

  private static int openElsewhere(String network) throws RefusedException {
    int namespace = NetlinkSocket.checked("open " + network, SystemCalls.open(network));
    try (ExecutorService thread =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().name("other-network").factory())) {
      return thread
          .submit(() -> {
            NetlinkSocket.checked("setns", SystemCalls.setns(namespace, CLONE_NEWNET));
            return NetlinkSocket.openDescriptor();
          })
          .get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RefusedException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("another network cannot be asked", failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted", 0);
    } finally {
      SystemCalls.close(namespace);
    }
  }
}

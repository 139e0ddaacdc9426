package dev.socketlab.script;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket that a test plays, towards a server or as one. Whoever does not read has gone
 * silent. What the kernel tells of datagrams that nobody was there for ({@code ECONNREFUSED}, by
 * ICMP) is counted, not thrown.
 *
 * {@snippet :
 * ScriptedDatagrams client = lab.script().datagramsTo(server.address());
 * client.send("ping".getBytes(StandardCharsets.UTF_8));
 * assertThat(client.read()).isEqualTo("pong".getBytes(StandardCharsets.UTF_8));
 * }
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class ScriptedDatagrams implements AutoCloseable {
  private static final int LONGEST = 65_535;

  private final DatagramChannel channel;
  private final InetSocketAddress local;
  private final Patience patience;
  private @Nullable SocketAddress other;
  private long sent;
  private long received;
  private long refused;

  private ScriptedDatagrams(DatagramChannel channel, Patience patience) throws IOException {
    this.channel = channel;
    this.patience = patience;
    channel.configureBlocking(false);
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.other = channel.getRemoteAddress();
  }

  static ScriptedDatagrams connected(InetSocketAddress server, Patience patience)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(Connecting.family(server));
    try {
      return new ScriptedDatagrams(channel.connect(server), patience);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  static ScriptedDatagrams bound(InetSocketAddress address, Patience patience) throws IOException {
    DatagramChannel channel = DatagramChannel.open(Connecting.family(address));
    try {
      return new ScriptedDatagrams(channel.bind(address), patience);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Tells its address.
   *
   * @return where datagrams to it go
   */
  public InetSocketAddress address() {
    return local;
  }

  /**
   * Sends a datagram: to the server it is connected to, or to the sender of the one that it has
   * read last.
   *
   * @param bytes what to send
   * @return whether it was sent; false where the kernel said instead that nobody was there for an
   *     earlier one
   * @throws IllegalStateException if it is not connected and has read nothing
   * @throws ScriptException if the kernel refuses it, or does not take it in time
   */
  public boolean send(byte[] bytes) {
    SocketAddress to = other;
    if (to == null) {
      throw new IllegalStateException("nobody has sent a datagram to " + local + " yet");
    }
    long before = sent;
    boolean inTime =
        until(
            "send",
            () -> {
              // 0 stands for a full send buffer, and for an empty datagram that was sent
              if (channel.send(ByteBuffer.wrap(bytes), to) < bytes.length) {
                return false;
              }
              sent++;
              return true;
            });
    if (!inTime) {
      throw patience.late("send: %d bytes were not taken, %s".formatted(bytes.length, this));
    }
    return sent > before;
  }

  /**
   * Reads the next datagram, and waits for it.
   *
   * @return its bytes
   * @throws ScriptException if none comes in time
   */
  public byte[] read() {
    ByteBuffer into = ByteBuffer.allocate(LONGEST);
    long before = received;
    while (received == before) {
      boolean inTime =
          until(
              "read",
              () -> {
                SocketAddress from = channel.receive(into);
                if (from == null) {
                  return false;
                }
                other = from;
                received++;
                return true;
              });
      if (!inTime) {
        throw patience.late("read: no datagram has come, " + this);
      }
    }
    return Arrays.copyOf(into.array(), into.position());
  }

  /**
   * Reads what is queued now, without waiting for more.
   *
   * @return the datagrams, in the order in which they came; none where nothing is queued
   */
  public List<byte[]> readQueued() {
    List<byte[]> all = new ArrayList<>();
    ByteBuffer into = ByteBuffer.allocate(LONGEST);
    boolean[] empty = {false};
    while (!empty[0]) {
      boolean _ =
          until(
              "readQueued",
              () -> {
                SocketAddress from = channel.receive(into.clear());
                empty[0] = from == null;
                if (from != null) {
                  other = from;
                  received++;
                  all.add(Arrays.copyOf(into.array(), into.position()));
                }
                return true;
              });
    }
    return all;
  }

  /**
   * Asks for a size of the receive buffer ({@code SO_RCVBUF}). The kernel doubles it, and has a
   * least and a greatest size.
   *
   * @param bytes what is asked for
   * @return this
   */
  public ScriptedDatagrams receiveBuffer(int bytes) {
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, bytes);
      return this;
    } catch (IOException failure) {
      throw patience.failure("receiveBuffer of " + this, failure);
    }
  }

  /** Tries until it is done; done is also what was answered by a refusal, which is counted. */
  private boolean until(String verb, Patience.Step step) {
    try {
      return patience.until(step);
    } catch (PortUnreachableException _) {
      refused++;
      return true;
    } catch (IOException failure) {
      throw patience.failure(verb + " on " + this, failure);
    }
  }

  /**
   * Tells how many datagrams the kernel took.
   *
   * @return those that were sent
   */
  public long sent() {
    return sent;
  }

  /**
   * Tells how many datagrams were read.
   *
   * @return those that were read
   */
  public long received() {
    return received;
  }

  /**
   * Tells how often the kernel said that nobody was there.
   *
   * @return one for each {@code ECONNREFUSED}
   */
  public long refused() {
    return refused;
  }

  /**
   * Closes it; what is unread is gone, and no counter tells of it: {@link
   * DatagramFlows#enterQueued} does.
   */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw patience.failure("close of " + this, failure);
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    return "UDP %s, %d sent, %d received, %d refused so far"
        .formatted(local, sent, received, refused);
  }
}

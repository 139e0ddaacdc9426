package dev.socketlab.script;

import dev.socketlab.internal.os.ErrorText;
import dev.socketlab.script.ScriptedConnection.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A connection that has been begun, and is open or not in a moment. */
final class Connecting implements AutoCloseable {
  private static final int ECONNRESET = 104;
  private static final int ETIMEDOUT = 110;
  private static final int ECONNREFUSED = 111;

  private final SocketChannel channel;
  private final CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
  private final boolean isUnix;
  private Outcome outcome = Outcome.TIMED_OUT;

  private Connecting(SocketChannel channel, boolean isUnix) {
    this.channel = channel;
    this.isUnix = isUnix;
  }

  static Connecting to(SocketAddress server) throws IOException {
    Connecting connecting =
        new Connecting(
            SocketChannel.open(family(server)), server instanceof UnixDomainSocketAddress);
    try {
      connecting.begin(server);
    } catch (IOException failure) {
      connecting.channel.close();
      throw failure;
    }
    return connecting;
  }

  static ProtocolFamily family(SocketAddress address) {
    return switch (address) {
      case UnixDomainSocketAddress _ -> StandardProtocolFamily.UNIX;
      case InetSocketAddress inet when inet.getAddress() instanceof Inet4Address ->
          StandardProtocolFamily.INET;
      default -> StandardProtocolFamily.INET6;
    };
  }

  private void begin(SocketAddress server) throws IOException {
    if (isUnix) {
      // Where the backlog is full, a connect of a unix socket that does not block says EAGAIN, and
      // nothing tells when to try again; one that blocks waits, on a thread that the close ends.
      Thread.ofPlatform()
          .daemon()
          .name("script-connect")
          .start(() -> {
            try {
              elsewhere.complete(channel.connect(server));
            } catch (IOException failure) {
              elsewhere.completeExceptionally(failure);
            }
          });
      return;
    }
    channel.configureBlocking(false);
    try {
      if (channel.connect(server)) {
        outcome = Outcome.OPEN;
      }
    } catch (ConnectException refusal) {
      outcome = of(refusal);
    }
  }

  /** Whether it is known what becomes of it. */
  boolean isDecided() throws IOException {
    if (outcome != Outcome.TIMED_OUT) {
      return true;
    }
    try {
      if (!isConnected()) {
        return false;
      }
      outcome = Outcome.OPEN;
    } catch (IOException refusal) {
      outcome = of(refusal);
    }
    return true;
  }

  private boolean isConnected() throws IOException {
    if (!isUnix) {
      return channel.finishConnect();
    }
    if (!elsewhere.isDone()) {
      return false;
    }
    try {
      elsewhere.join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof IOException refusal) {
        throw refusal;
      }
      throw failure;
    }
    channel.configureBlocking(false);
    return true;
  }

  private static Outcome of(IOException refusal) throws IOException {
    String message = String.valueOf(refusal.getMessage());
    if (ErrorText.says(message, ECONNREFUSED, "Connection refused")) {
      return Outcome.REFUSED;
    }
    if (ErrorText.says(message, ECONNRESET, "Connection reset")) {
      return Outcome.RESET;
    }
    if (ErrorText.says(message, ETIMEDOUT, "Connection timed out")) {
      return Outcome.TIMED_OUT;
    }
    throw refusal;
  }

  ScriptedConnection connection(Patience patience) {
    if (outcome != Outcome.OPEN) {
      close();
    }
    return ScriptedConnection.of(channel, outcome, patience);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The descriptor is gone whatever close says.
    }
  }
}

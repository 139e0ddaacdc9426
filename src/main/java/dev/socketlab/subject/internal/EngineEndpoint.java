package dev.socketlab.subject.internal;

import dev.socketlab.internal.os.ErrorText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a container engine may listen. Tells whether one does, and if not, why: over TCP within a
 * second, on a local socket at once.
 *
 * {@snippet :
 * for (EngineEndpoint engine : EngineEndpoint.candidates(System.getenv(), home)) {
 *   System.out.println(engine.name() + ": " + engine.obstacle().orElse("answers"));
 * }
 * }
 *
 * @param name what is looked at, for messages, for instance {@code DOCKER_HOST=tcp://…}
 * @param uri the address, of the scheme unix, tcp, http or https
 */
public record EngineEndpoint(String name, URI uri) {

  private static final String VARIABLE = "DOCKER_HOST";
  private static final String CLIENT = "org.testcontainers.DockerClientFactory";
  private static final int TIME_OUT_MS = 1_000;
  private static final int EAGAIN = 11;
  private static final int EACCES = 13;
  private static final int ECONNREFUSED = 111;
  private static final String MISSING = "does not exist";
  private static final int PORT = 2375;

  /**
   * Looks for the client, an optional dependency.
   *
   * @return what is missing, and what to add; empty when Testcontainers is on the class path
   */
  public static Optional<String> missingClient() {
    try {
      Class.forName(CLIENT, false, EngineEndpoint.class.getClassLoader());
      return Optional.empty();
    } catch (ClassNotFoundException _) {
      return Optional.of(
          "Testcontainers is not on the class path; add org.testcontainers:testcontainers");
    }
  }

  /**
   * The engines that a run could use.
   *
   * @param environment of the process; a DOCKER_HOST that is set is the only candidate
   * @param home the user's home directory
   * @return at least one candidate, the most likely first
   */
  public static List<EngineEndpoint> candidates(Map<String, String> environment, String home) {
    String host = environment.getOrDefault(VARIABLE, "");
    if (!host.isBlank()) {
      return List.of(new EngineEndpoint(VARIABLE + "=" + host, URI.create(host)));
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return Stream.of(
            Stream.of("/var/run/docker.sock"),
            Stream.of(runtime).filter(d -> !d.isEmpty()).map(d -> d + "/docker.sock"),
            Stream.of(home + "/.docker/run/docker.sock", home + "/.docker/desktop/docker.sock")
                .filter(socket -> Files.exists(Path.of(socket))))
        .flatMap(sockets -> sockets)
        .map(socket -> new EngineEndpoint(socket, URI.create("unix://" + socket)))
        .toList();
  }

  /**
   * Connects, and says nothing.
   *
   * @return why no engine can be reached, in a few words; empty when one listens
   */
  public Optional<String> obstacle() {
    try {
      switch (String.valueOf(uri.getScheme())) {
        case "unix" -> connect(Path.of(uri.getPath()));
        case "tcp", "http", "https" -> connect(uri.getHost(), uri.getPort());
        default -> {
          return Optional.of("is of a scheme that is not known here; use unix:// or tcp://");
        }
      }
      return Optional.empty();
    } catch (UnknownHostException _) {
      return Optional.of("names an unknown host");
    } catch (IOException failure) {
      return Optional.of(inWords(failure));
    }
  }

  private static void connect(Path socket) throws IOException {
    if (!Files.exists(socket)) {
      throw new SocketException(MISSING);
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false); // else it waits without end where the queue is full
      channel.connect(UnixDomainSocketAddress.of(socket));
    }
  }

  private static void connect(String host, int port) throws IOException {
    SocketAddress address = new InetSocketAddress(host, port < 0 ? PORT : port);
    try (Socket socket = new Socket()) {
      socket.connect(address, TIME_OUT_MS);
    }
  }

  private static String inWords(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (ErrorText.says(message, EACCES, "Permission denied")) {
      return "may not be opened by this user; run as root, or join the group docker";
    }
    if (ErrorText.says(message, ECONNREFUSED, "Connection refused")) {
      return "refuses connections; no engine listens there";
    }
    if (ErrorText.says(message, EAGAIN, "Resource temporarily unavailable")) {
      return "accepts no connection: its queue is full, the engine may hang";
    }
    return message.equals(MISSING) ? MISSING : "cannot be reached: " + message;
  }
}

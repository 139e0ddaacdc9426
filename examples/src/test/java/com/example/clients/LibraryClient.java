package com.example.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A client library with its defaults; each line of input is one request, the end closes it. */
final class LibraryClient {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private LibraryClient() {}

  private interface Request {
    String answer() throws Exception;
  }

  /** Takes the library's name and the server's port. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[1]);
    if (arguments[0].equals("JEDIS")) {
      try (Jedis jedis =
          new Jedis(
              new HostAndPort("127.0.0.1", port),
              DefaultJedisClientConfig.builder()
                  .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                  .socketTimeoutMillis((int) PATIENCE.toMillis())
                  .build())) {
        serve(() -> jedis.get("k"));
      }
    } else {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port)).timeout(PATIENCE).build();
      try (HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        serve(() -> client.send(request, BodyHandlers.ofString()).body());
      }
    }
    System.out.println("closed");
    Thread.sleep(Duration.ofHours(1)); // to be looked at, until it is ended
  }

  private static void serve(Request request) throws IOException {
    System.out.println("ready");
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    for (String line = input.readLine(); !"close".equals(line); line = input.readLine()) {
      try {
        switch (line) {
          case "" -> {}
          case "leave" -> System.out.println("closed"); // which is not true: a control
          default -> System.out.println(line + " answered " + request.answer());
        }
      } catch (Exception failure) {
        System.out.println(line + " failed " + failure);
      }
    }
  }
}

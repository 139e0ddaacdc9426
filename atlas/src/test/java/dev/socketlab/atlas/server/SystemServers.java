package dev.socketlab.atlas.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.socketlab.card.Operation;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;

/** Servers of the system, each with the least configuration that it starts with. */
public final class SystemServers {
  /** MQTT 3.1.1: CONNECT without a name, with a clean session and a keep-alive of 60 s. */
  public static final Operation MQTT_CONNECT = exchange("\20\14\0\4MQTT\4\2\0\74\0\0", "\40\2\0\0");

  /** PINGREQ, answered with PINGRESP. */
  public static final Operation MQTT_PING = exchange("\300\0", "\320\0");

  private SystemServers() {}

  private static Operation exchange(String request, String reply) {
    return Operation.exchange(request.getBytes(ISO_8859_1), reply.getBytes(ISO_8859_1));
  }

  /** Haproxy that answers by itself. */
  public static SubjectPlan haproxy(Lab lab) {
    return lab.command("haproxy", "-db", "-f", "{file:haproxy.cfg}")
        .file(
            "haproxy.cfg",
            """
            defaults
              mode http
              timeout connect 5s
              timeout client 60s
              timeout server 5s
            frontend hello
              bind 127.0.0.1:{port}
              http-request return status 200 content-type text/plain string hello
            """);
  }

  /** Lighttpd that serves a file of 1,499 bytes, {@code /BSD}. */
  public static SubjectPlan lighttpd(Lab lab) {
    return lab.command("lighttpd", "-D", "-f", "{file:lighttpd.conf}")
        .file(
            "lighttpd.conf",
            """
            server.document-root = "/usr/share/common-licenses"
            server.bind = "127.0.0.1"
            server.port = {port}
            """);
  }

  /** Memcached without a configuration. */
  public static SubjectPlan memcached(Lab lab) {
    return lab.command("memcached", "-l", "127.0.0.1", "-p", "{port}", "-u", "nobody");
  }

  /** Mosquitto that lets everybody in. */
  public static SubjectPlan mosquitto(Lab lab) {
    return lab.command("mosquitto", "-c", "{file:mosquitto.conf}")
        .file("mosquitto.conf", "listener {port} 127.0.0.1\nallow_anonymous true\n");
  }

  /** Nginx with a reply of its own, and some directives in front. */
  public static SubjectPlan nginx(Lab lab, String directives) {
    return lab.command("nginx", "-c", "{file:nginx.conf}")
        .file("nginx.pid", "")
        .file(
            "nginx.conf",
            directives
                + """
                daemon off;
                pid "{file:nginx.pid}";
                error_log stderr;
                events {}
                http {
                  access_log off;
                  server {
                    listen 127.0.0.1:{port};
                    location / {
                      return 200 "hello\\n";
                    }
                  }
                }
                """);
  }

  /** Redis without a file of its data. */
  public static SubjectPlan redis(Lab lab) {
    return lab.command("redis-server", "--port", "{port}", "--save", "");
  }
}

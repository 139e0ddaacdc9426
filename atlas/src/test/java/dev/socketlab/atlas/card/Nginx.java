package dev.socketlab.atlas.card;

import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;

/** Nginx with the least configuration: a reply of its own. */
final class Nginx {
  private static final String CONFIGURATION =
      """
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
      """;

  private Nginx() {}

  static SubjectPlan with(Lab lab, String directives) {
    return lab.command("nginx", "-c", "{file:nginx.conf}")
        .file("nginx.conf", directives + CONFIGURATION)
        .file("nginx.pid", "");
  }
}

package dev.socketlab.atlas.card;

import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Experiment;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Nginx in one process, so that each law can look at it. */
@Tag("nginx-alone-card")
@Tag(Cards.ALL)
@Experiment(
    title = "Socket Report Card: nginx, one process",
    name = "nginx-alone-card",
    shows = Cards.SHOWS,
    doesNotShow = Cards.DOES_NOT_SHOW)
@RequiresTool("nginx")
class NginxAloneCard extends SocketCard {
  private static final String CONFIGURATION =
      """
      daemon off;
      master_process off;
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

  @Override
  protected SubjectPlan server(Lab lab) {
    return lab.command("nginx", "-c", "{file:nginx.conf}")
        .file("nginx.conf", CONFIGURATION)
        .file("nginx.pid", "");
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

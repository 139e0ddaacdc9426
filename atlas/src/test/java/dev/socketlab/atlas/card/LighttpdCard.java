package dev.socketlab.atlas.card;

import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.RequiresTool;
import dev.socketlab.subject.SubjectPlan;
import org.junit.jupiter.api.Tag;

/** Lighttpd with the least configuration that it starts with: a folder of files. */
@Tag("lighttpd-card")
@RequiresTool("lighttpd")
class LighttpdCard extends SocketCard {
  private static final String CONFIGURATION =
      """
      server.document-root = "/usr/share/common-licenses"
      server.bind = "127.0.0.1"
      server.port = {port}
      """;

  @Override
  protected SubjectPlan server(Lab lab) {
    return lab.command("lighttpd", "-D", "-f", "{file:lighttpd.conf}")
        .file("lighttpd.conf", CONFIGURATION);
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/BSD");
  }
}

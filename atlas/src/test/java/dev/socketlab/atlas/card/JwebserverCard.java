package dev.socketlab.atlas.card;

import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The JDK's file server, asked for a file. */
@Tag("jwebserver-card")
class JwebserverCard extends SocketCard {

  @Override
  protected SubjectPlan server(Lab lab) {
    String program = Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
    return lab.command(
        program, "-b", "127.0.0.1", "-p", "{port}", "-d", "/usr/share/common-licenses");
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/BSD");
  }
}

package dev.socketlab.card;

import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

/** The card of a small server that keeps to all laws, or breaks one. */
@Tag("saboteur-card")
class SaboteurCard extends SocketCard {
  static final String FAULT = "socketlab.test.fault";
  static final String LAWS = "socketlab.test.laws";

  @Override
  protected SubjectPlan server(Lab lab) {
    return lab.command("perl", script(), "{port}", System.getProperty(FAULT, ""));
  }

  private static String script() {
    try {
      return Path.of(SaboteurCard.class.getResource("saboteur.pl").toURI()).toString();
    } catch (URISyntaxException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  protected Operation operation() {
    return Operation.line("ping");
  }

  @Override
  protected Collection<Law> laws() {
    String only = System.getProperty(LAWS, "");
    return only.isEmpty() ? super.laws() : EnumSet.of(Law.valueOf(only));
  }
}

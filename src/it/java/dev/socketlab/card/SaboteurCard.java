package dev.socketlab.card;

import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;

/** The card of a small server that keeps to all laws, or breaks one. */
@Tag("saboteur-card")
class SaboteurCard extends SocketCard {
  static final String FAULT = "socketlab.test.fault";
  static final String LAWS = "socketlab.test.laws";

  private static final Duration BRIEF = Duration.ofSeconds(2);

  @Override
  protected SubjectPlan server(Lab lab) {
    return lab.command("perl", script(), "{port}", System.getProperty(FAULT, ""))
        .stopWithin(patience());
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

  /** A law that is to be broken need not be waited for as long as one that is to hold. */
  @Override
  protected Duration patience() {
    return System.getProperty(FAULT, "").isEmpty() ? super.patience() : BRIEF;
  }

  @Override
  protected Collection<Law> laws() {
    String only = System.getProperty(LAWS, "");
    return only.isEmpty() ? super.laws() : EnumSet.of(Law.valueOf(only));
  }
}

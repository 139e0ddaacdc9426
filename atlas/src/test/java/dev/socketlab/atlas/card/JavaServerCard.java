package dev.socketlab.atlas.card;

import dev.socketlab.card.Operation;
import dev.socketlab.card.SocketCard;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;

/** The card of a server of the atlas, started as its other experiments start it. */
abstract class JavaServerCard extends SocketCard {
  private final Class<?> main;

  JavaServerCard(Class<?> main) {
    this.main = main;
  }

  @Override
  protected SubjectPlan server(Lab lab) {
    return lab.java(main, "{port}").jvmFlags("-XX:+UseSerialGC");
  }

  @Override
  protected Operation operation() {
    return Operation.http("GET", "/");
  }
}

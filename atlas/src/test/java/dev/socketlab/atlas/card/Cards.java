package dev.socketlab.atlas.card;

import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;

/** What the cards of this package share. */
final class Cards {
  static final String ALL = "cards";
  static final String SHOWS =
      "whether the server keeps to laws of the boundary to the kernel, by what that counts";
  static final String DOES_NOT_SHOW = "how fast the server is, and whether its replies are right";

  private Cards() {}

  /** A server of the atlas, started as its other experiments start it. */
  static SubjectPlan java(Lab lab, Class<?> main) {
    return lab.java(main, "{port}").jvmFlags("-XX:+UseSerialGC");
  }
}

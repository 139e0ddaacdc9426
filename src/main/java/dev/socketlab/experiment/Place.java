package dev.socketlab.experiment;

import java.util.List;

/** Where an experiment that wants a network of its own is to run; {@code socketlab.place}. */
enum Place {
  /** In a private network where the gate is open, else on the host's. */
  AUTO("auto"),
  /** On the host's network, also where the gate is open. */
  HOST("host"),
  /** In a private network; the gate's being closed is a failure. */
  PRIVATE("private"),
  /** As auto, in a container; Maven starts the tests' JVM in one. */
  CONTAINER("container"),
  /** As auto, under another kernel; Maven starts the tests' JVM in a guest. */
  KERNEL("kernel");

  static final Parameter<Place> PARAMETER =
      Parameter.choice("socketlab.place", AUTO, List.of(values()))
          .doc("where the experiment runs, see places.md");

  private final String label;

  Place(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}

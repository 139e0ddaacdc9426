package dev.socketlab.experiment;

import java.util.List;

/** Whether an experiment's controls run. */
enum ControlMode {
  /** They run after the experiment's own mechanisms. */
  RUN("run"),
  /** They are left out, and the artifact says so. */
  SKIP("skip");

  static final Parameter<ControlMode> PARAMETER =
      Parameter.choice("socketlab.controls", RUN, List.of(values()))
          .doc("whether the mutants run that mechanisms must notice, see controls.md");

  private final String label;

  ControlMode(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}

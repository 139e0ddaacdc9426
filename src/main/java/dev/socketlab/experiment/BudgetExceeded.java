package dev.socketlab.experiment;

/** Thrown after a trial that does not keep to its budget; its own mechanism is FAILED by it. */
final class BudgetExceeded extends AssertionError {

  private static final long serialVersionUID = 1L;

  BudgetExceeded(String message) {
    super(message);
  }
}

package dev.socketlab.artifact;

/**
 * One gate of the run: a condition of the machine that something in the experiment needs.
 *
 * <pre>{@code
 * Stream<GateLine> closed = artifact.gates().stream().filter(gate -> !gate.open());
 * }</pre>
 *
 * @param name the gate, such as {@code strace}
 * @param neededBy what needs it, such as {@code syscall mix}
 * @param open whether this machine meets the condition
 * @param reason what was found on this machine
 */
public record GateLine(String name, String neededBy, boolean open, String reason) {
  /** Check that the gate is named and that its state is explained. */
  public GateLine {
    Require.oneLineOfText(name, "the name of a gate");
    Require.oneLine(neededBy, "what needs gate " + name);
    Require.text(reason, "the reason why gate " + name + " is " + (open ? "open" : "closed"));
  }
}

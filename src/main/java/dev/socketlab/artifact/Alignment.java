package dev.socketlab.artifact;

/**
 * How the text form aligns a column.
 *
 * <pre>{@code
 * Column thread = Column.named("thread").aligned(Alignment.LEFT);
 * }</pre>
 */
public enum Alignment {
  /** Right if the column holds single numbers only, otherwise left. */
  BY_CONTENT,
  /** Flush left. */
  LEFT,
  /** Flush right. */
  RIGHT
}

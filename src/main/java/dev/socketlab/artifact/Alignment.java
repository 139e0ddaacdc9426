package dev.socketlab.artifact;

/** How the text form aligns a column. */
public enum Alignment {
  /** Right if the column holds numbers only, otherwise left. */
  BY_CONTENT,
  /** Flush left. */
  LEFT,
  /** Flush right. */
  RIGHT
}

package dev.socketlab.artifact;

/**
 * What a column is to somebody who compares the same table of two runs.
 *
 * <pre>{@code
 * Column calls = Column.named("calls").as(Role.EXACT); // a comparison reports any difference
 * }</pre>
 */
public enum Role {
  /** A level of a factor: all keys of a row together say which row it is. */
  KEY,
  /** A figure that the code and the system decide: any difference is a change. */
  EXACT,
  /** A figure that varies from trial to trial: only many trials together tell of a change. */
  NOISY,
  /** Not to be compared. */
  INFORMATIONAL
}

package dev.socketlab.qsl.protocol;

/**
 * The layout that all messages share; integers are big-endian.
 *
 * <pre>
 *  0       2         4             8            16
 * +-------+---------+-------------+------------+------
 * | type  | version | body length | sequence   | body
 * | u16   | u16     | u32         | u64        |
 * +-------+---------+-------------+------------+------
 * </pre>
 */
public final class Frame {
  /** Length of the header in bytes. */
  public static final int HEADER_BYTES = 16;

  /** The largest body length that a header may announce, in bytes. */
  public static final int MAX_BODY_BYTES = 4096;

  /** Length of the longest frame that there is, in bytes. */
  public static final int LONGEST_FRAME_BYTES = HEADER_BYTES + 36;

  /** The only protocol version. */
  public static final int VERSION = 1;

  static final int TYPE_OFFSET = 0;
  static final int VERSION_OFFSET = TYPE_OFFSET + Short.BYTES;
  static final int BODY_LENGTH_OFFSET = VERSION_OFFSET + Short.BYTES;
  static final int SEQUENCE_OFFSET = BODY_LENGTH_OFFSET + Integer.BYTES;

  private Frame() {}
}

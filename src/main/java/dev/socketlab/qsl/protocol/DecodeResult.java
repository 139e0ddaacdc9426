package dev.socketlab.qsl.protocol;

/** What came of an attempt to decode one frame. The first failing check decides, in this order. */
public enum DecodeResult {
  /** One message was handed over and its bytes were consumed. */
  DECODED,
  /**
   * The bytes end before the frame does. On a stream this is no error: the same bytes with more
   * behind them may decode.
   */
  TRUNCATED,
  /** The version is not {@link Frame#VERSION}. */
  UNSUPPORTED_VERSION,
  /** The type is none of {@link MessageType}. */
  UNKNOWN_TYPE,
  /** The announced body length is over {@link Frame#MAX_BODY_BYTES}. */
  BODY_TOO_LARGE,
  /** The announced body length is not the type's, or a datagram goes on after its frame. */
  BODY_LENGTH_MISMATCH,
  /** A side, order type, time in force, reject reason or presence flag has no meaning. */
  INVALID_ENUM_VALUE
}

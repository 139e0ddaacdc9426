package dev.socketlab.qsl.gateway;

import java.nio.ByteBuffer;

/**
 * The replies of one session that have not been sent. Starts small, grows by doubling, and becomes
 * small again when it runs empty after a peak, so that an idle connection holds little memory.
 */
final class Outbox {
  /** From so many pending bytes on, no more input is taken until all of them are sent. */
  static final int HIGH_WATER_BYTES = 1 << 20;

  /** So many bytes may be pending at most. */
  static final int LIMIT_BYTES = 8 << 20;

  /** A write takes at most so much, because the JDK copies what it is given for each write. */
  static final int SLICE_BYTES = 64 << 10;

  private static final int INITIAL_BYTES = 512;
  private static final int KEPT_BYTES = 64 << 10;

  private ByteBuffer writer = ByteBuffer.allocate(INITIAL_BYTES);

  /** The same bytes; from its position on they are pending, up to the writer's position. */
  private ByteBuffer reader = writer.duplicate();

  int pendingBytes() {
    return writer.position() - reader.position();
  }

  /** Make room for bytes to come; false if more than the limit would be pending then. */
  boolean makeRoomFor(long bytes) {
    if (bytes > LIMIT_BYTES - pendingBytes()) {
      return false;
    }
    if (bytes > writer.remaining()) {
      move((int) bytes);
    }
    return true;
  }

  /** The buffer to append to, after room has been made. */
  ByteBuffer appending() {
    return writer;
  }

  /**
   * The next bytes to send, from position to limit; advance the position past those that were sent.
   * Valid until something is appended.
   */
  ByteBuffer sending() {
    int end = Math.min(writer.position(), reader.position() + SLICE_BYTES);
    return reader.limit(end);
  }

  /** Start again at the front, with a small buffer, now that nothing is pending. */
  void recycle() {
    if (writer.capacity() > KEPT_BYTES) {
      writer = ByteBuffer.allocate(INITIAL_BYTES);
      reader = writer.duplicate();
    }
    writer.clear();
    reader.clear();
  }

  /**
   * Move what is pending to the start, of a larger buffer if it does not fit otherwise or would
   * soon have to be moved again.
   */
  private void move(int roomBytes) {
    int pending = pendingBytes();
    int needed = pending + roomBytes;
    int capacity = writer.capacity();
    while (capacity < LIMIT_BYTES && capacity < Math.max(needed, 2 * pending)) {
      capacity *= 2;
    }
    reader.limit(writer.position());
    if (capacity == writer.capacity()) {
      reader.compact();
      writer.clear().position(pending);
    } else {
      writer = ByteBuffer.allocate(capacity).put(reader);
      reader = writer.duplicate();
    }
    reader.position(0);
  }
}

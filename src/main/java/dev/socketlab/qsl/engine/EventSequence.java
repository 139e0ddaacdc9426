package dev.socketlab.qsl.engine;

/** The one counter that numbers the events of all books. */
final class EventSequence {
  private long last;

  long next() {
    return ++last;
  }
}

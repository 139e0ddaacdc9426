package dev.socketlab.qsl.feed;

/** How a publisher or subscriber ended. */
public enum FeedOutcome {
  /** It did what was asked. */
  COMPLETED,
  /** Its standard input ended first, so that whoever steered it is gone. */
  ABANDONED
}

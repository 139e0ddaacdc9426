package dev.socketlab.load;

/**
 * How a session ends. In each case the client sends its FIN first and gets the TIME_WAIT.
 *
 * {@snippet :
 * LoadPlan plan = LoadPlan.closedLoop(server.address(), 16, 20_000).closing(Closing.CLOSE);
 * }
 */
public enum Closing {
  /** Close as soon as the last reply is there. The session is over before the server knows. */
  CLOSE,
  /**
   * End the output when the last reply is there, then read to the end. The session is over when the
   * server has closed, so that the next one cannot overlap with this one's end.
   */
  HALF_CLOSE_AFTER_REPLIES,
  /** End the output right after the last request, then read the replies and to the end. */
  HALF_CLOSE_AFTER_REQUEST
}

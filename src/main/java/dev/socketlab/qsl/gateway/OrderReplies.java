package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.engine.EngineListener;

/** Where the events of one command go, once there is room for all of them. */
interface OrderReplies extends EngineListener {
  /**
   * Make room for the acknowledgement of an order and its fills.
   *
   * @param fills number of fills to come
   * @return false if that is more than may ever be pending
   */
  boolean makeRoomFor(int fills);
}

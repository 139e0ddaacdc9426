package dev.socketlab.qsl.engine;

import java.util.ArrayList;
import java.util.List;

/** Keeps events as text, in the order in which they came. */
public final class EventRecorder implements EngineListener {
  private final List<String> events = new ArrayList<>();

  /** Return the events since the last call. */
  public List<String> take() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** Return how many events came since the last {@link #take}. */
  public int size() {
    return events.size();
  }

  @Override
  public void onAccepted(long sequence, long orderId, int symbol) {
    events.add(sequence + " accepted " + orderId + " of " + symbol);
  }

  @Override
  public void onTrade(
      long sequence, int symbol, long takerId, long makerId, long price, long quantity) {
    events.add(
        sequence + " trade " + takerId + " with " + makerId + " of " + symbol + ": " + quantity
            + " at " + price);
  }

  @Override
  public void onCanceled(long sequence, long orderId, int symbol) {
    events.add(sequence + " canceled " + orderId + " of " + symbol);
  }

  @Override
  public void onModified(long sequence, long orderId, int symbol) {
    events.add(sequence + " modified " + orderId + " of " + symbol);
  }
}

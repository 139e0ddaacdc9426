package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.EngineListener;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands of the synthetic flow (seed 42, 20,000 orders, 3 symbols), followed by a cancel of
 * each order that rests at the end: after them the books are empty, so that the same commands can
 * be given to the same engine again.
 */
final class ReplayableFlow {
  static final int SYMBOLS = 3;
  static final int ORDERS = 20_000;
  static final long SEED = 42;

  private ReplayableFlow() {}

  static Command[] commands() {
    SyntheticFlow flow = new SyntheticFlow(SEED, SYMBOLS, new EventSum());
    List<Command> commands = new ArrayList<>();
    for (int order = 0; order < ORDERS; order++) {
      commands.add(flow.next());
    }
    for (Command command : List.copyOf(commands)) {
      boolean entered = command.kind() == Command.Kind.NEW;
      if (entered && flow.engine().rests(command.orderId(), command.symbol())) {
        commands.add(Command.cancel(command.orderId(), command.symbol()));
      }
    }
    return commands.toArray(Command[]::new);
  }

  /** Uses every event, so that none is optimized away. */
  static final class EventSum implements EngineListener {
    long sum;

    @Override
    public void onAccepted(long sequence, long orderId, int symbol) {
      sum += sequence + orderId + symbol;
    }

    @Override
    public void onTrade(
        long sequence, int symbol, long takerId, long makerId, long price, long quantity) {
      sum += sequence + symbol + takerId + makerId + price + quantity;
    }

    @Override
    public void onCanceled(long sequence, long orderId, int symbol) {
      sum += sequence + orderId + symbol;
    }

    @Override
    public void onModified(long sequence, long orderId, int symbol) {
      sum += sequence + orderId + symbol;
    }
  }
}

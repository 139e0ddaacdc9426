package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.EngineListener;
import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;

/**
 * The deterministic flow of orders: the same seed and number of symbols give the same commands,
 * here and in every other implementation of the QSL feed. What is drawn depends on which orders
 * still rest, so the flow applies each command to an engine of its own.
 */
public final class SyntheticFlow {
  private static final int RESTING_CAPACITY = Integer.MAX_VALUE;
  private static final int LOWEST_MID = 80;
  private static final int HIGHEST_MID = 140;

  private final MersenneTwister64 random;
  private final int[] mid;
  private final MatchingEngine engine;
  private final EngineListener events;
  private final ActiveOrders active = new ActiveOrders();
  private long nextId = 1;

  /**
   * Start a flow.
   *
   * @param seed any 64-bit value
   * @param symbols number of symbols, at least 1; the feed uses 3
   * @param downstream receives the events of the flow's engine
   */
  public SyntheticFlow(long seed, int symbols, EngineListener downstream) {
    random = new MersenneTwister64(seed);
    engine = new MatchingEngine(symbols, RESTING_CAPACITY);
    events = new FilledOrderDropper(downstream);
    mid = new int[symbols];
    for (int symbol = 0; symbol < symbols; symbol++) {
      mid[symbol] = 100 + 5 * symbol;
    }
  }

  /**
   * Return the engine that the commands were applied to.
   *
   * @return for queries only
   */
  public MatchingEngine engine() {
    return engine;
  }

  /**
   * Draw the next command and apply it to the flow's engine.
   *
   * @return the command
   */
  public Command next() {
    int symbol = drawSymbol();
    mid[symbol] = Math.clamp(mid[symbol] + random.next(3) - 1, LOWEST_MID, HIGHEST_MID);
    Command command = drawCommand(symbol);
    command.applyTo(engine, events);
    updateActive(command);
    return command;
  }

  private int drawSymbol() {
    if (mid.length == 1) {
      return 0;
    }
    return random.next(100) < 55 ? 0 : 1 + random.next(mid.length - 1);
  }

  private Command drawCommand(int symbol) {
    int pick = random.next(100);
    if (active.size() == 0 || pick < 58) {
      return drawLimit(symbol);
    }
    if (pick < 70) {
      return Command.market(nextId++, symbol, drawSide(), drawQuantity());
    }
    return pick < 86 ? drawCancel() : drawModify();
  }

  private Command drawLimit(int symbol) {
    Side side = drawSide();
    boolean crosses = random.next(100) < 18;
    boolean immediate = (crosses && random.next(100) < 35) || random.next(100) < 8;
    long price = drawPrice(side, symbol, crosses);
    TimeInForce timeInForce = immediate ? TimeInForce.IOC : TimeInForce.GTC;
    return Command.limit(nextId++, symbol, side, timeInForce, price, drawQuantity());
  }

  private Command drawCancel() {
    Command target = active.get(random.next(active.size()));
    long id = random.next(10) == 0 ? nextId + random.next(5) : target.orderId();
    return Command.cancel(id, target.symbol());
  }

  private Command drawModify() {
    Command target = active.get(random.next(active.size()));
    boolean crosses = random.next(100) < 20;
    long price = drawPrice(target.side(), target.symbol(), crosses);
    long quantity = random.next(100) < 45 ? 1 + target.quantity() / 2 : drawQuantity();
    return Command.modify(target.orderId(), target.symbol(), price, quantity);
  }

  private Side drawSide() {
    return random.next(2) == 0 ? Side.BUY : Side.SELL;
  }

  private long drawQuantity() {
    return 1L + random.next(12);
  }

  private long drawPrice(Side side, int symbol, boolean crosses) {
    long offset = crosses ? 1 + random.next(4) : -1 - random.next(3);
    return side == Side.BUY ? mid[symbol] + offset : mid[symbol] - offset;
  }

  private void updateActive(Command command) {
    boolean rests = engine.rests(command.orderId(), command.symbol());
    if (!rests) {
      active.drop(command.orderId());
    } else if (command.kind() == Command.Kind.NEW) {
      active.append(command);
    }
  }

  /** Drops makers from the list when they are filled, and passes all events on. */
  private final class FilledOrderDropper implements EngineListener {
    private final EngineListener downstream;

    FilledOrderDropper(EngineListener downstream) {
      this.downstream = downstream;
    }

    @Override
    public void onAccepted(long sequence, long orderId, int symbol) {
      downstream.onAccepted(sequence, orderId, symbol);
    }

    @Override
    public void onTrade(
        long sequence, int symbol, long takerId, long makerId, long price, long quantity) {
      if (!engine.rests(makerId, symbol)) {
        active.drop(makerId);
      }
      downstream.onTrade(sequence, symbol, takerId, makerId, price, quantity);
    }

    @Override
    public void onCanceled(long sequence, long orderId, int symbol) {
      downstream.onCanceled(sequence, orderId, symbol);
    }

    @Override
    public void onModified(long sequence, long orderId, int symbol) {
      downstream.onModified(sequence, orderId, symbol);
    }
  }
}

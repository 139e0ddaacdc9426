package dev.socketlab.qsl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.order.OrderType;
import dev.socketlab.qsl.order.RejectReason;
import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine and the naive engine do the same, command by command, in many random flows. */
class MatchingOracleTest {
  private static final int FLOWS = 1_250;
  private static final int COMMANDS = 50;
  private static final int SYMBOLS = 2;

  @ParameterizedTest(name = "1250 flows from seed {0}")
  @ValueSource(longs = {0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000})
  void bothEnginesEmitTheSameEvents(long firstSeed) {
    for (long seed = firstSeed; seed < firstSeed + FLOWS; seed++) {
      new Flow(seed).run();
    }
  }

  /** One flow: few prices, few ids, so that orders meet, collide and are hit again. */
  private static final class Flow {
    private final long seed;
    private final Random random;
    private final EventRecorder events = new EventRecorder();
    private final EventRecorder naiveEvents = new EventRecorder();
    private final MatchingEngine engine;
    private final NaiveEngine naive;
    private final int ids;

    Flow(long seed) {
      this.seed = seed;
      random = new Random(seed);
      int capacity = 1 + random.nextInt(20);
      ids = 2 + random.nextInt(14);
      engine = new MatchingEngine(SYMBOLS, capacity);
      naive = new NaiveEngine(SYMBOLS, capacity, naiveEvents);
    }

    void run() {
      for (int step = 0; step < COMMANDS; step++) {
        step();
        same(events.take(), naiveEvents.take());
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
          compareBooks(symbol);
        }
      }
      for (long id = 0; id < ids; id++) {
        same(engine.rests(id, 0), naive.rests(id, 0));
      }
    }

    private void step() {
      long id = random.nextInt(ids);
      int symbol = random.nextInt(20) == 0 ? SYMBOLS : random.nextInt(SYMBOLS);
      long price = random.nextInt(6) - 1L;
      long quantity = random.nextInt(4);
      switch (random.nextInt(5)) {
        case 0 -> same(engine.cancel(id, symbol, events), naive.cancel(id, symbol));
        case 1 ->
            same(
                engine.modify(id, symbol, price, quantity, events),
                naive.modify(id, symbol, price, quantity));
        default -> enter(id, symbol, price, quantity);
      }
    }

    private void enter(long id, int symbol, long price, long quantity) {
      Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
      OrderType type = random.nextInt(5) == 0 ? OrderType.MARKET : OrderType.LIMIT;
      TimeInForce tif = random.nextInt(4) == 0 ? TimeInForce.IOC : TimeInForce.GTC;
      int preview = engine.previewTrades(symbol, side, type, price, quantity);
      RejectReason reason = engine.newOrder(id, symbol, side, type, tif, price, quantity, events);
      same(reason, naive.newOrder(id, symbol, side, type, tif, price, quantity));
      if (reason == RejectReason.NONE) {
        same(events.size() - 1, preview);
      }
    }

    /** Compare first and assert only what differs: a million assertions take their time. */
    private void same(Object actual, Object expected) {
      if (!actual.equals(expected)) {
        assertThat(actual).as("seed=%d", seed).isEqualTo(expected);
      }
    }

    private void compareBooks(int symbol) {
      for (Side side : Side.values()) {
        boolean present = engine.hasBest(symbol, side);
        same(present, naive.hasBest(symbol, side));
        same(engine.bestPrice(symbol, side), naive.bestPrice(symbol, side));
      }
      boolean twoSided = engine.hasBest(symbol, Side.BUY) && engine.hasBest(symbol, Side.SELL);
      boolean crossed = engine.bestPrice(symbol, Side.BUY) >= engine.bestPrice(symbol, Side.SELL);
      same(twoSided && crossed, false);
    }
  }
}

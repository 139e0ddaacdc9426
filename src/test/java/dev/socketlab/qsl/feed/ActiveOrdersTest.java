package dev.socketlab.qsl.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.order.Side;
import dev.socketlab.qsl.order.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActiveOrdersTest {
  @ParameterizedTest(name = "seed {0}, {1} % appends")
  @CsvSource({"1, 50", "2, 60", "3, 90", "4, 51"})
  void isAListWithFasterDrops(long seed, int appendPercent) {
    Random random = new Random(seed);
    ActiveOrders orders = new ActiveOrders();
    List<Command> list = new ArrayList<>();
    for (int id = 1; id < 8_000; id++) {
      if (list.isEmpty() || random.nextInt(100) < appendPercent) {
        Command order = Command.limit(id, 0, Side.BUY, TimeInForce.GTC, 1, 1);
        orders.append(order);
        list.add(order);
      } else {
        Command dropped = list.remove(random.nextInt(list.size()));
        orders.drop(dropped.orderId());
        orders.drop(dropped.orderId());
      }
      orders.drop(id + 5);

      assertThat(orders.size()).isEqualTo(list.size());
      if (!list.isEmpty()) {
        int position = random.nextInt(list.size());
        assertThat(orders.get(position)).isSameAs(list.get(position));
      }
    }
    for (int position = 0; position < list.size(); position++) {
      assertThat(orders.get(position)).isSameAs(list.get(position));
    }
  }
}

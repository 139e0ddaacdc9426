package dev.socketlab.qsl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIndexTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void holdsWhatAMapHolds(long seed) {
    Random random = new Random(seed);
    OrderIndex index = new OrderIndex();
    Map<Long, Order> map = new HashMap<>();
    int ids = 300 << random.nextInt(4);
    for (int step = 0; step < 50_000; step++) {
      long id = random.nextInt(ids) * (random.nextBoolean() ? 1L : -1L << 40);
      Order known = map.get(id);
      assertThat(index.find(id)).isSameAs(known);
      if (known != null) {
        index.remove(known);
        map.remove(id);
      } else {
        Order order = new Order();
        order.id = id;
        index.add(order);
        map.put(id, order);
      }
    }
    map.forEach((id, order) -> assertThat(index.find(id)).isSameAs(order));
  }
}

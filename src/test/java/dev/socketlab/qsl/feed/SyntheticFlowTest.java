package dev.socketlab.qsl.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.qsl.engine.EventRecorder;
import dev.socketlab.qsl.engine.MatchingEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntheticFlowTest {
  @ParameterizedTest(name = "{0} symbols, seed 3")
  @ValueSource(ints = {1, 2, 3})
  void theCommandsGiveAnotherEngineTheSameEvents(int symbols) {
    EventRecorder own = new EventRecorder();
    EventRecorder other = new EventRecorder();
    SyntheticFlow flow = new SyntheticFlow(3, symbols, own);
    MatchingEngine engine = new MatchingEngine(symbols, 10_000);
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      commands.add(flow.next());
    }

    commands.forEach(command -> command.applyTo(engine, other));

    assertThat(other.take()).isEqualTo(own.take());
    assertThat(commands).extracting(Command::kind).contains(Command.Kind.values());
    assertThat(commands).extracting(Command::symbol).allMatch(symbol -> symbol < symbols);
  }
}

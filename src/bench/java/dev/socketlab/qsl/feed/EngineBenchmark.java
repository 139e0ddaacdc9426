package dev.socketlab.qsl.feed;

import dev.socketlab.qsl.engine.MatchingEngine;
import dev.socketlab.qsl.order.RejectReason;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Time and allocation of the engine for one command of the synthetic flow. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EngineBenchmark {
  private final Command[] commands = ReplayableFlow.commands();
  private final ReplayableFlow.EventSum events = new ReplayableFlow.EventSum();
  private final MatchingEngine engine =
      new MatchingEngine(ReplayableFlow.SYMBOLS, ReplayableFlow.ORDERS);
  private int next;

  /** Give the engine one command. */
  @Benchmark
  public RejectReason command() {
    Command command = commands[next];
    next = next + 1 == commands.length ? 0 : next + 1;
    return command.applyTo(engine, events);
  }
}

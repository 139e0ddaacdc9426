package dev.socketlab.experiments.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.experiment.Lab;
import dev.socketlab.experiment.Trial;
import dev.socketlab.gate.RequiresDocker;
import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.place.ContainerBuilder;
import dev.socketlab.place.Subject;
import dev.socketlab.probe.CgroupCpu;
import dev.socketlab.testkit.Laboratory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Controls: each mechanism of {@code profile-io-container} is seen to fail. */
@Tag("controls")
@RequiresLinux
@RequiresDocker(images = CpuLimitExperiment.IMAGE)
class CpuLimitControlsIT {

  private static final int LIMIT = 1;
  private static final int CALLS = 2;
  private static final int QUOTA = 3;
  private static final int STOPS = 4;

  private @TempDir Path folder;

  /** Without the pass under a tracer, so that the calls are not known: {@link #CALLS} fails too. */
  abstract static class Untraced extends CpuLimitExperiment {
    @Override
    void syscalls(double cpus, Trial trial, Lab lab) {
      // No trial: the annotations are not inherited.
    }
  }

  /** Every gateway gets twice the limit. */
  static class Lax extends Untraced {
    @Override
    ContainerBuilder gateway(Lab lab, double cpus) {
      return super.gateway(lab, cpus).cpus(2 * cpus);
    }
  }

  @Test
  void aLimitThatIsNotInForceIsFound() throws IOException {
    assertThat(failedMechanisms(Lax.class)).contains(LIMIT);
  }

  /** What is counted as one round trip is two. */
  static class TwoForOne extends CpuLimitExperiment {
    @Override
    void drive(Subject gateway, long roundTrips) throws IOException {
      super.drive(gateway, 2 * roundTrips);
    }
  }

  @Test
  void moreCallsThanOutsideAContainerAreFound() throws IOException {
    assertThat(failedMechanisms(TwoForOne.class)).containsExactly(CALLS);
  }

  /** The control group has used a microsecond more than it may. */
  static class OverTheLimit extends Untraced {
    @Override
    LimitedUsage observed(LimitedUsage usage) {
      CgroupCpu used = usage.used();
      return new LimitedUsage(
          usage.cpus(),
          usage.limits(),
          usage.startUp(),
          usage.roundTrips(),
          usage.wall(),
          new CgroupCpu(
              used.source(),
              usage.allowed().toNanos() + 1_000,
              used.periods(),
              used.throttledPeriods(),
              used.throttledNs()));
    }
  }

  @Test
  void moreCpuTimeThanTheLimitAllowsIsFound() throws IOException {
    assertThat(failedMechanisms(OverTheLimit.class)).containsExactly(CALLS, QUOTA);
  }

  /** Each start has used all that the larger limit allows, and nobody has been stopped. */
  static class NeverStopped extends Untraced {
    @Override
    LimitedUsage observed(LimitedUsage usage) {
      CgroupCpu start = usage.startUp();
      return new LimitedUsage(
          usage.cpus(),
          usage.limits(),
          new CgroupCpu(
              start.source(),
              start.periods() * 1_000 * usage.limits().cpuPeriodUs(),
              start.periods(),
              0,
              0),
          usage.roundTrips(),
          usage.wall(),
          usage.used());
    }
  }

  @Test
  void aStartThatNobodyStopsIsFound() throws IOException {
    assertThat(failedMechanisms(NeverStopped.class)).containsExactly(CALLS, STOPS);
  }

  private List<Integer> failedMechanisms(Class<?> experiment) throws IOException {
    Laboratory laboratory =
        new Laboratory(folder)
            .with("socketlab.profile-container.round-trips", "10")
            .with("socketlab.profile-container.traced-round-trips", "10");
    return laboratory.run(experiment).failedMechanisms("profile_io_container");
  }
}

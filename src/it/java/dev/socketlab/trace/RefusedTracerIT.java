package dev.socketlab.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketlab.gate.RequiresTool;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import dev.socketlab.trace.internal.AttachedTool;
import dev.socketlab.trace.internal.AttachedWindows;
import dev.socketlab.trace.internal.Drive;
import dev.socketlab.trace.internal.TraceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kernel that says no: tracers without any capability, at a subject that has some. */
@Tag("trace")
@RequiresTool("setpriv")
@RequiresTracer(Tracer.STRACE_ATTACHED)
@RequiresTracer(Tracer.BPFTRACE)
@RequiresTracer(Tracer.PERF_STAT)
class RefusedTracerIT {

  private @TempDir Path folder;
  private final List<Subject> started = new ArrayList<>();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRACE")
  void itsOwnWordsAreTheReasonAndNothingIsLeft(Tracer tracer) {
    AttachedWindows windows =
        new AttachedWindows(
            new WithoutCapabilities(AttachedTool.of(tracer)),
            folder,
            started::add,
            () -> SubjectBuilder.command(folder, started::add, List.of("cat")),
            new Drive((_, _) -> {}, 0));
    assertThatThrownBy(() -> windows.measure(1))
        .isInstanceOf(TraceException.class)
        .hasMessageStartingWith(tracer + " did not count to the end: ")
        .hasMessageMatching("(?si).*(operation not permitted|access to performance monitoring).*");
    assertThat(started).hasSize(2).noneMatch(Subject::isAlive);
  }

  /** Runs a tool as the same user, who has lost what root can do. */
  private record WithoutCapabilities(AttachedTool tool) implements AttachedTool {

    @Override
    public Tracer tracer() {
      return tool.tracer();
    }

    @Override
    public SubjectBuilder attach(Path folder, Consumer<Subject> owner, long pid, TraceFile file) {
      return tool.attach(folder, owner, pid, file).under("setpriv", "--bounding-set=-all");
    }

    @Override
    public void detach(Subject tracing) {
      tool.detach(tracing);
    }

    @Override
    public SyscallCounts counts(Subject tracing, TraceFile file) {
      return tool.counts(tracing, file);
    }
  }
}

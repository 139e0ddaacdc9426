package dev.socketlab.trace.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.probe.internal.Line;
import dev.socketlab.testkit.Capture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The captures are what the compiler of an architecture makes of the kernel's header there (Debian
 * linux-libc-dev 6.1.187, and linux-libc-dev-arm64-cross 6.1.4):
 *
 * <pre>
 * echo '#include &lt;asm/unistd.h&gt;' | aarch64-linux-gnu-gcc -E -dM - | grep __NR | sort
 * </pre>
 */
class SyscallNamesTest {

  private static final Line ANY = Line.of("a test", List.of("")).getFirst();
  private static final Pattern DEFINITION = Pattern.compile("#define (\\w+) (\\w+)");
  private static final Pattern CALL = Pattern.compile("__NR_(\\w+)");

  @ParameterizedTest
  @ValueSource(strings = {"x86_64", "aarch64"})
  void eachCallHasTheNumberThatTheKernelsHeaderGivesIt(String architecture) {
    SyscallNames names = SyscallNames.of(architecture);
    Map<Long, String> header = header("linux-6.1-asm-unistd-" + architecture + ".txt");
    assertThat(header).hasSizeGreaterThan(300);

    Map<Long, String> ours = new TreeMap<>();
    for (long number = 0; number < 1024; number++) {
      String name = names.of(ANY, number);
      if (!name.equals("syscall_" + number)) {
        ours.put(number, name);
      }
    }

    assertThat(ours).isEqualTo(header);
  }

  /** Some calls are defined by another macro, which has the number. */
  private static Map<Long, String> header(String capture) {
    Map<String, String> definitions = new TreeMap<>();
    for (String line : Capture.of(capture).lines()) {
      Matcher definition = DEFINITION.matcher(line);
      if (definition.matches()) {
        definitions.put(definition.group(1), definition.group(2));
      }
    }
    definitions.remove("__NR_syscalls"); // how many there are
    definitions.remove("__NR_arch_specific_syscall"); // where numbers of an architecture begin
    Map<Long, String> calls = new TreeMap<>();
    definitions.forEach((macro, value) -> {
      Matcher call = CALL.matcher(macro);
      if (call.matches()) {
        calls.put(Long.valueOf(definitions.getOrDefault(value, value)), call.group(1));
      }
    });
    return calls;
  }
}

package dev.socketlab.compare.internal;

import static dev.socketlab.artifact.Column.exact;
import static dev.socketlab.artifact.Column.key;
import static dev.socketlab.artifact.Column.noisy;
import static dev.socketlab.compare.internal.SampleRuns.orderEntry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Cell;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Provenance;
import dev.socketlab.artifact.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two runs that differ in whatever runs can differ in, in each of the formats. */
class ComparisonFormatsTest {

  private final Comparison comparison = Comparison.of(run("1", 1, 10), run("2", 2, 20));

  @Test
  void text() {
    assertThat(comparison.toText())
        .isEqualTo(
            """
            order-entry: CHANGED: 2 exact, 1 noisy (1 verdicts, 1 gates and 1 exact figures \
            compared, 2 noisy ones judged)
            before: 2026-03-01T12:00:00Z, commit commit 1, tree 1, HOLDS
            after:  2026-03-01T12:00:00Z, commit commit 2, tree 2, HOLDS

            Not the same in both runs
            -------------------------
              parameter orders: 1 → 2
              source digest: digest 1 → digest 2
              commit: commit 1 → commit 2
              working tree: tree 1 → tree 2
              JDK: JDK 1 → JDK 2
              subject server: java Server1 → java Server2
              network: network 1 → network 2
              kernel: Linux 1 → Linux 2
              OS: OS 1 → OS 2
              placement: placement 1 → placement 2
              clock tick: 100 per second → 200 per second
              sysctl net.core.rmem_max: 1 → 2
              CPU: CPU 1 → CPU 2
              online processors: 0-1 → 0-2
              machine: machine 1 → machine 2
              memory: 1 GiB → 2 GiB
              tool strace: 1 → 2
              library netty: 1 → 2

            Changed
            -------
              gate strace (calls): open → CLOSED
              Calls [call=write] whole (calls): 1 → 2

            Changed, by the rank test
            -------------------------
              Load [clients=4] CPU (µs): median 11.25 → 21.25, higher, p = 0.0043 (6 v 6 trials)

            Noisy, and not separable
            ------------------------
              Load [clients=8] CPU (µs): median 1.75 → 1.75, not separable: 2 v 2 trials never \
            are at 0.05, p is 0.33 at best

            Not compared
            ------------
              Calls [call=futex] whole (calls): n/a (never stable) → 3
            """);
  }

  @Test
  void markdown() {
    assertThat(comparison.toMarkdown())
        .isEqualTo(
            """
            ### order-entry: CHANGED: 2 exact, 1 noisy (1 verdicts, 1 gates and 1 exact figures \
            compared, 2 noisy ones judged)

            - before: 2026-03-01T12:00:00Z, commit commit 1, tree 1, HOLDS
            - after: 2026-03-01T12:00:00Z, commit commit 2, tree 2, HOLDS

            **Changed**

            | what | before | after |
            |---|---|---|
            | gate strace (calls) | open | CLOSED |
            | Calls \\[call=write\\] whole (calls) | 1 | 2 |

            **Changed, by the rank test**

            | what | median before | after | rank test |
            |---|--:|--:|---|
            | Load \\[clients=4\\] CPU (µs) | 11.25 | 21.25 | higher, p = 0.0043 (6 v 6 trials) |

            <details><summary>Not the same in both runs (18)</summary>


            | what | before | after |
            |---|---|---|
            | parameter orders | 1 | 2 |
            | source digest | digest 1 | digest 2 |
            | commit | commit 1 | commit 2 |
            | working tree | tree 1 | tree 2 |
            | JDK | JDK 1 | JDK 2 |
            | subject server | java Server1 | java Server2 |
            | network | network 1 | network 2 |
            | kernel | Linux 1 | Linux 2 |
            | OS | OS 1 | OS 2 |
            | placement | placement 1 | placement 2 |
            | clock tick | 100 per second | 200 per second |
            | sysctl net.core.rmem\\_max | 1 | 2 |
            | CPU | CPU 1 | CPU 2 |
            | online processors | 0-1 | 0-2 |
            | machine | machine 1 | machine 2 |
            | memory | 1 GiB | 2 GiB |
            | tool strace | 1 | 2 |
            | library netty | 1 | 2 |

            </details>

            <details><summary>Noisy, and not separable (1)</summary>


            | what | median before | after | rank test |
            |---|--:|--:|---|
            | Load \\[clients=8\\] CPU (µs) | 1.75 | 1.75 | not separable: 2 v 2 trials never \
            are at 0.05, p is 0.33 at best |

            </details>

            <details><summary>Not compared (1)</summary>

            - Calls \\[call=futex\\] whole (calls): n/a (never stable) → 3

            </details>
            """);
  }

  @Test
  void json() {
    JsonNode json = JsonMapper.shared().readTree(comparison.toJson());
    assertThat(json.at("/before"))
        .hasToString(
            """
            {"date":"2026-03-01T12:00:00Z","commit":"commit 1","sourceDigest":"digest 1",\
            "verdict":"HOLDS"}\
            """);
    assertThat(json.at("/after/commit").asString()).isEqualTo("commit 2");
    assertThat(json.at("/context")).hasSize(18);
    assertThat(json.at("/context/0"))
        .hasToString(
            """
            {"where":"parameter orders","before":"1","after":"2"}\
            """);
    assertThat(json.at("/changes"))
        .hasToString(
            """
            [{"where":"gate strace (calls)","before":"open","after":"CLOSED"},\
            {"where":"Calls [call=write] whole (calls)","before":"1","after":"2"}]\
            """);
    assertThat(json.at("/exactFigures").intValue()).isEqualTo(1);
    assertThat(json.at("/noisy/1/before")).hasToString("[1.5,2.0]");
    assertThat(json.at("/noisy/1/enoughTrials").booleanValue()).isFalse();
    assertThat(json.at("/notCompared"))
        .hasToString(
            """
            ["Calls [call=futex] whole (calls): n/a (never stable) → 3"]\
            """);
  }

  private static Artifact run(String version, int writes, double cpu) {
    Provenance provenance =
        new Provenance(
            1,
            new Provenance.Hardware(
                "machine " + version, version + " GiB", "CPU " + version, 2, "0-" + version),
            new Provenance.Platform(
                "OS " + version,
                "Linux " + version,
                "placement " + version,
                version + "00 per second",
                Map.of("net.core.rmem_max", version)),
            "network " + version,
            "JDK " + version,
            Map.of("server", "java Server" + version),
            Map.of("strace", version),
            Map.of("netty", version),
            new Provenance.Source(
                "commit " + version,
                "tree " + version,
                List.of(),
                "digest " + version,
                List.of("src"),
                1));
    return orderEntry()
        .provenance(provenance)
        .parameter(new Artifact.ParameterLine("orders", version, "", "default", "how many"))
        .mechanism(MechanismVerdict.holds(1, "one write", ""))
        .gate(new Artifact.GateLine("strace", "calls", writes == 1, "strace " + version))
        .table(
            Table.named("Calls", key("call"), exact("whole").in("calls"))
                .row("write", writes)
                .row("futex", writes == 1 ? Cell.notAvailable("never stable") : Cell.whole(3))
                .build())
        .table(
            Table.named("Load", key("clients"), noisy("CPU").in("µs"))
                .row(4, Cell.decimals(1, cpu, cpu + 0.5, cpu + 1, cpu + 1.5, cpu + 2, cpu + 2.5))
                .row(8, Cell.decimals(1, 1.5, 2))
                .build())
        .build();
  }
}

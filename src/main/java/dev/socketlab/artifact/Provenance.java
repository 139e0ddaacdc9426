package dev.socketlab.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.socketlab.artifact.internal.ContainerMarks;
import dev.socketlab.artifact.internal.Require;
import dev.socketlab.artifact.internal.ToolVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Where an artifact comes from: the machine, the platform, the runtime, the tools and the source. A
 * plain value, captured before an experiment starts. What could not be determined reads {@code
 * unknown: } and why; nothing is ever guessed. It holds no host name, user name, MAC address or
 * absolute path.
 *
 * {@snippet :
 * Provenance provenance = ProvenanceCapture.capture().withTool(ToolVersion.of("strace"));
 * String kernel = provenance.platform().kernel();
 * }
 *
 * @param version the version of the rules by which the facts are captured
 * @param hardware the machine
 * @param platform the operating system and its settings
 * @param network whose network the run uses: its own or the host's
 * @param jdk the Java runtime that drives the experiment
 * @param subjects how each subject was started, such as its JVM flags, by name
 * @param tools the version of each tool used, by name
 * @param libraries the version of each library on the class path, by name; subjects that are a JVM
 *     have the same one unless their line says otherwise
 * @param source the source that the run was built from
 */
@API(status = Status.MAINTAINED, since = "0.1")
public record Provenance(
    int version,
    Hardware hardware,
    Platform platform,
    String network,
    String jdk,
    Map<String, String> subjects,
    Map<String, String> tools,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> libraries,
    Source source) {

  /** The version of the capture rules that {@code ProvenanceCapture} follows. */
  public static final int CURRENT_VERSION = 1;

  /** Check that nothing is left unsaid. */
  public Provenance {
    Require.text(network, "the network");
    Require.text(jdk, "the JDK");
    subjects = inOrder(subjects);
    tools = inOrder(tools);
    libraries = inOrder(libraries);
  }

  /**
   * The machine.
   *
   * @param machine architecture, and model or virtualization as far as the machine tells
   * @param memory the memory that the operating system manages
   * @param cpu the model of the processor
   * @param cores the processors available to this JVM
   * @param onlineProcessors the processors that the operating system runs on
   */
  public record Hardware(
      String machine, String memory, String cpu, int cores, String onlineProcessors) {}

  /**
   * The operating system and the settings that sockets depend on.
   *
   * @param os name and version as the distribution writes it
   * @param kernel release of the kernel, without its build string
   * @param placement in a container or bare, and by what sign
   * @param clockTick ticks per second of the kernel's CPU accounting
   * @param sysctls value by name
   */
  public record Platform(
      String os, String kernel, String placement, String clockTick, Map<String, String> sysctls) {
    @SuppressWarnings("doclint:missing")
    public Platform {
      sysctls = inOrder(sysctls);
    }

    /** {@return whether the placement is a container} */
    public boolean inContainer() {
      return placement.startsWith(ContainerMarks.CONTAINER);
    }

    /** {@return whether the placement is a guest with another kernel than its host's} */
    public boolean inGuest() {
      return placement.startsWith(ContainerMarks.GUEST);
    }
  }

  /**
   * The source that the run was built from.
   *
   * @param commit the git commit, or why there is none
   * @param workingTree whether the working tree equals that commit, in words
   * @param dirtyInputs the inputs of the build that differ from the commit, by relative path
   * @param digest SHA-256 over the files in the scope, whatever git says
   * @param digestScope the files and folders that the digest covers
   * @param digestFiles how many files the digest covers
   */
  public record Source(
      String commit,
      String workingTree,
      List<String> dirtyInputs,
      String digest,
      List<String> digestScope,
      int digestFiles) {
    @SuppressWarnings("doclint:missing")
    public Source {
      dirtyInputs = List.copyOf(dirtyInputs);
      digestScope = List.copyOf(digestScope);
    }
  }

  /**
   * List every fact under its name, what changes most often first: sources, JDK and subjects, then
   * network, platform and machine, then tools and libraries.
   *
   * @return for instance {@code kernel} to {@code Linux 6.12.0}
   */
  public SequencedMap<String, String> facts() {
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    facts.put("source digest", source.digest());
    facts.put("commit", source.commit());
    facts.put("working tree", source.workingTree());
    facts.put("JDK", jdk);
    subjects.forEach((name, how) -> facts.put("subject " + name, how));
    facts.put("network", network);
    facts.put("kernel", platform.kernel());
    facts.put("OS", platform.os());
    facts.put("placement", platform.placement());
    facts.put("clock tick", platform.clockTick());
    platform.sysctls().forEach((name, value) -> facts.put("sysctl " + name, value));
    facts.put("CPU", hardware.cpu());
    facts.put("cores", Integer.toString(hardware.cores()));
    facts.put("online processors", hardware.onlineProcessors());
    facts.put("machine", hardware.machine());
    facts.put("memory", hardware.memory());
    tools.forEach((name, version) -> facts.put("tool " + name, version));
    libraries.forEach((name, version) -> facts.put("library " + name, version));
    return facts;
  }

  /**
   * {@return this provenance with the network of the run, such as {@code own namespace}}
   *
   * @param newNetwork whose network it is
   */
  public Provenance withNetwork(String newNetwork) {
    return new Provenance(
        version, hardware, platform, newNetwork, jdk, subjects, tools, libraries, source);
  }

  /**
   * {@return this provenance with one more subject and how it was started}
   *
   * @param name the name of the subject
   * @param how how it was started
   */
  public Provenance withSubject(String name, String how) {
    return new Provenance(
        version,
        hardware,
        platform,
        network,
        jdk,
        plus(subjects, name, how),
        tools,
        libraries,
        source);
  }

  /**
   * {@return this provenance with one more subject that is a JVM with these flags}
   *
   * @param name the name of the subject
   * @param jvmFlags the flags, in order
   */
  public Provenance withJvmSubject(String name, List<String> jvmFlags) {
    return withSubject(
        name, jvmFlags.isEmpty() ? "no JVM flags" : "JVM flags " + String.join(" ", jvmFlags));
  }

  /**
   * {@return this provenance with the version of one more tool}
   *
   * @param tool the tool and its version
   */
  public Provenance withTool(ToolVersion tool) {
    return new Provenance(
        version,
        hardware,
        platform,
        network,
        jdk,
        subjects,
        plus(tools, tool.tool(), tool.version()),
        libraries,
        source);
  }

  /**
   * Say that something could not be determined, and why.
   *
   * @param why the reason
   * @return the text to record
   */
  public static String unknown(String why) {
    return "unknown: " + why;
  }

  private static Map<String, String> plus(Map<String, String> map, String key, String value) {
    Map<String, String> longer = new LinkedHashMap<>(map);
    longer.put(key, value);
    return longer;
  }

  private static Map<String, String> inOrder(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}

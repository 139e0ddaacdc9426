package dev.socketlab.subject;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.socketlab.gate.RequiresLinux;
import dev.socketlab.gate.RequiresTracer;
import dev.socketlab.internal.os.TimeOut;
import dev.socketlab.network.LinkFault;
import dev.socketlab.network.NetworkHost;
import dev.socketlab.network.Traffic;
import dev.socketlab.network.TwoHosts;
import dev.socketlab.network.internal.PrivateNetworkThread;
import dev.socketlab.script.Script;
import dev.socketlab.subject.internal.ProcessGuard;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.Tracer;
import dev.socketlab.trace.internal.CounterMeasurement;
import dev.socketlab.trace.internal.SyscallMeasurement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test's JVM that is killed with SIGKILL in the middle of a verb, or at any moment, leaves
 * nothing: no process, stopped, limited, traced or not, no network, and no file of a socket that
 * would be in the way. All verbs run at once there, on a thread each, so that one kill is in all of
 * them.
 */
@Tag("isolation")
@RequiresLinux
@RequiresTracer
@RequiresTracer(Tracer.STRACE_ATTACHED)
class KilledInAVerbIT {

  /** The property that says how many kills at a random moment; one in the suite. */
  private static final String KILLS = "socketlab.it.kills";

  private static final String SOCKET = "script.sock";
  private static final String OF_THE_JVM = "SOCKETLAB_IT_KILLED";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String[] FAST = {
    "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"
  };
  private static final String STUBBORN =
      "trap '' TERM INT; trap 'echo told' HUP; echo up; while :; do sleep 0.1; done";

  private @TempDir Path folder;
  private final String mark = UUID.randomUUID().toString();
  private final List<Subject> subjects = new ArrayList<>();
  private List<String> named = List.of();

  @BeforeEach
  void seeNamedNetworks() throws IOException {
    named = namedNetworks();
  }

  @AfterEach
  void stopAll() {
    subjects.forEach(Subject::close);
  }

  /** What is done again and again, or, where {@link TestJvm#held} is called, until the kill. */
  enum Verb {
    PAUSE {
      @Override
      void play(TestJvm jvm) {
        Subject subject = jvm.stubborn(this);
        jvm.again(
            this,
            () -> {
              subject.pause();
              jvm.held(this);
              subject.resume();
            });
      }
    },
    LIMIT_DESCRIPTORS {
      @Override
      void play(TestJvm jvm) {
        Subject subject = jvm.stubborn(this);
        jvm.again(
            this,
            () -> {
              try (Subject.DescriptorLimit _ = subject.limitDescriptors(20)) {
                jvm.held(this);
              }
            });
      }
    },
    SIGNAL {
      @Override
      void play(TestJvm jvm) {
        Subject subject = jvm.stubborn(this);
        jvm.again(
            this,
            () -> {
              subject.signal("HUP");
              jvm.held(this);
              subject.awaitOutput(Pattern.compile("told"), SOON);
            });
      }
    },
    RESTART {
      @Override
      void play(TestJvm jvm) {
        Subject[] subject = {jvm.stubborn(this)};
        jvm.again(
            this,
            () -> {
              if (jvm.holds) {
                jvm.say(this); // what is asked to end and does not is waited for
              }
              subject[0] = subject[0].restart();
            });
      }
    },
    SCRIPT {
      @Override
      void play(TestJvm jvm) {
        jvm.again(
            this,
            () -> {
              try (Script script = Script.of(false, () -> "")) {
                var unix = script.listen(UnixDomainSocketAddress.of(jvm.folder.resolve(SOCKET)));
                var tcp = script.listen();
                script.connect(unix.address(), 4);
                script.connect(tcp.address(), 4);
                tcp.accept().send("half of a repl");
                jvm.held(this);
              }
            });
      }
    },
    LINK_FAULTS {
      @Override
      void play(TestJvm jvm) {
        jvm.again(
            this,
            () -> {
              try (TwoHosts hosts = TwoHosts.open()) {
                NetworkHost here = hosts.here();
                here.dropFirst(1, Traffic.SYN_ACK);
                here.linkMtu(1_280);
                here.set("net.ipv4.tcp_syncookies", 0);
                here.cut();
                jvm.held(this);
                here.changes().undoTo(0);
              }
            });
      }
    },
    COUNTERS {
      @Override
      void play(TestJvm jvm) throws Exception {
        try (PrivateNetworkThread network = PrivateNetworkThread.open()) {
          NetworkHost host = NetworkHost.alone(network);
          network.call(() -> {
            jvm.again(
                this,
                () ->
                    CounterMeasurement.of(() -> jvm.echo(this), List.of(host))
                        .warmedUpWith(0)
                        .perOperation(3, jvm.load(this)));
            return true;
          });
        }
      }
    },
    TRACED {
      @Override
      void play(TestJvm jvm) {
        jvm.again(this, () -> jvm.trace(this, Tracer.STRACE));
      }
    },
    TRACED_AFTER_ITS_START {
      @Override
      void play(TestJvm jvm) {
        jvm.again(this, () -> jvm.trace(this, Tracer.STRACE_ATTACHED));
      }
    };

    abstract void play(TestJvm jvm) throws Exception;
  }

  /** It says the name of a verb when that is held, or has come to its end for the first time. */
  static final class TestJvm {

    interface Round {
      void play() throws Exception;
    }

    private final Path folder;
    private final boolean holds;

    private TestJvm(Path folder, boolean holds) {
      this.folder = folder;
      this.holds = holds;
    }

    /** Called by the JVM: its folder, and whether verbs are held in their middle. */
    public static void main(String[] arguments) throws IOException {
      TestJvm jvm = new TestJvm(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]));
      ProcessGuard.start();
      for (Verb verb : Verb.values()) {
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, failure) -> {
              failure.printStackTrace();
              System.exit(1);
            })
            .start(() -> jvm.play(verb));
      }
      while (System.in.read() >= 0) {
        // waits to be ended
      }
      System.exit(0);
    }

    private void play(Verb verb) {
      try {
        verb.play(this);
      } catch (Exception failure) {
        throw new IllegalStateException(verb + " failed", failure);
      }
    }

    void say(Verb verb) {
      System.out.println("in " + verb);
    }

    void again(Verb verb, Round round) {
      try {
        round.play();
        say(verb);
        while (true) {
          round.play();
        }
      } catch (Exception failure) {
        throw new IllegalStateException(verb + " failed", failure);
      }
    }

    void held(Verb verb) {
      if (holds) {
        say(verb);
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException interruption) {
          throw new IllegalStateException(interruption);
        }
      }
    }

    Subject stubborn(Verb verb) {
      return SubjectBuilder.command(folder, _ -> {}, List.of("sh", "-c", STUBBORN, "{port}"))
          .named(verb.name())
          .stopWithin(holds ? SOON : Duration.ofMillis(50))
          .readyWhen("up")
          .readyWithin(SOON)
          .start();
    }

    SubjectBuilder echo(Verb verb) {
      return SubjectBuilder.java(folder, _ -> {}, Echo.class, List.of("{port}"))
          .jvmFlags(FAST)
          .named(verb.name())
          .readyWithin(SOON);
    }

    /** The second time that it is called it is held, with an operation half done. */
    Load load(Verb verb) {
      int[] loads = {0};
      return (server, operations) -> {
        loads[0]++;
        try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
          for (long i = 0; i < operations; i++) {
            socket.getOutputStream().write(1);
            if (loads[0] == 2) {
              held(verb);
            }
            assertThat(socket.getInputStream().read()).isEqualTo(1);
          }
        }
      };
    }

    void trace(Verb verb, Tracer tracer) {
      SyscallMeasurement.of(folder, _ -> {}, () -> echo(verb))
          .tracedBy(tracer)
          .warmedUpWith(0)
          .perOperation(3, load(verb));
    }
  }

  /** Echoes, and does not end when it is asked. */
  static final class Echo {
    private Echo() {}

    /** Called by the JVM. */
    public static void main(String[] arguments) throws IOException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> LockSupport.park()));
      try (ServerSocket listener =
          new ServerSocket(
              Integer.parseInt(arguments[0]), 50, InetAddress.ofLiteral("127.0.0.1"))) {
        while (true) {
          try (Socket socket = listener.accept()) {
            socket.getInputStream().transferTo(socket.getOutputStream());
          }
        }
      }
    }
  }

  @Tag("soak")
  @Test
  void nothingIsLeftOfVerbsThatAreInTheirMiddle() throws Exception {
    Subject jvm = start(true);
    for (Verb verb : Verb.values()) {
      jvm.awaitOutput(Pattern.compile("in " + verb + "$"), SOON);
    }
    assertThat(states()).contains('T').hasSizeGreaterThan(Verb.values().length);
    killAndLook(jvm);
  }

  static Stream<Long> seeds() {
    return new Random().longs(Integer.getInteger(KILLS, 1), 0, 1_000_000).boxed();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsLeftOfVerbsAtARandomMoment(long seed) throws Exception {
    Random random = new Random(seed);
    int ended = random.nextInt(Verb.values().length + 1);
    Subject jvm = start(false);
    Awaitility.await()
        .pollInSameThread()
        .atMost(TimeOut.scaled(SOON))
        .until(() -> !jvm.isAlive() || jvm.outputLines().size() >= ended);
    LockSupport.parkNanos(random.nextInt(200_000_000)); // anywhere in what they do then
    killAndLook(jvm);
  }

  private Subject start(boolean holds) {
    LinkFault.Kind.DROP.obstacle().ifPresent(obstacle -> assumeTrue(false, obstacle));
    return SubjectBuilder.java(
            folder, subjects::add, TestJvm.class, List.of(folder.toString(), "" + holds))
        .jvmFlags(FAST)
        .environment(OF_THE_JVM, mark)
        .launch();
  }

  private void killAndLook(Subject jvm) throws IOException {
    jvm.signal("KILL");
    assertThat(jvm.awaitExit(SOON)).isEqualTo(137);
    Awaitility.await()
        .pollInSameThread()
        .atMost(TimeOut.scaled(SOON))
        .untilAsserted(() -> assertThat(marked()).isEmpty());
    // What has ended holds no network, and one that is kept by a name is mounted.
    assertThat(namedNetworks()).isSubsetOf(named);
    try (Script script = Script.of(false, () -> "")) {
      script.listen(UnixDomainSocketAddress.of(folder.resolve(SOCKET)));
    }
  }

  /**
   * Where {@code ip netns} names them; a container engine, whose come and go, has a folder of its
   * own.
   */
  private static List<String> namedNetworks() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(mount -> mount.contains(" nsfs ") && mount.contains("/run/netns/"))
        .toList();
  }

  /** All that inherited the environment of the JVM: what is left of it, in words. */
  private List<String> marked() {
    List<String> marked = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          if (Files.readString(process.resolve("environ"), ISO_8859_1)
              .contains(OF_THE_JVM + "=" + mark)) {
            marked.add(Files.readString(process.resolve("stat"), ISO_8859_1));
          }
        } catch (IOException _) {
          // it has just ended, or belongs to somebody else
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return marked;
  }

  private List<Character> states() {
    return marked().stream().map(stat -> stat.charAt(stat.lastIndexOf(')') + 2)).toList();
  }
}

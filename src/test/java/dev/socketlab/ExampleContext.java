package dev.socketlab;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.gate.internal.GateCheck;
import dev.socketlab.ledger.Ledger;
import dev.socketlab.ledger.UdpLedger;
import dev.socketlab.load.Conversation;
import dev.socketlab.load.LoadPlan;
import dev.socketlab.load.LoadResult;
import dev.socketlab.network.TwoHosts;
import dev.socketlab.probe.ThreadUsage;
import dev.socketlab.script.DatagramFlows;
import dev.socketlab.subject.Subject;
import dev.socketlab.trace.CounterMix;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.SyscallCounts;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.internal.SyscallMeasurement;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What examples take for granted: names, and what they stand for. */
@NullUnmarked
@SuppressWarnings("unused") // each is in the source of some example
abstract class ExampleContext {
  static final String SMALL = "small";
  static final String LARGE = "large";

  static long accepted;
  static Artifact artifact;
  static Artifact before;
  static Artifact after;
  static UdpLedger udpLedger;
  static Runnable burst;
  static GateCheck check;
  static Subject container;
  static ExtensionContext context;
  static Conversation.Source conversations;
  static SyscallMix.Cost cost;
  static CounterMix counterMix;
  static SyscallCounts counts;
  static String expected;
  static DatagramFlows flows;
  static String home;
  static TwoHosts hosts;
  static String json;
  static Lab lab;
  static Ledger ledger;
  static List<String> lines;
  static Load load;
  static long max;
  static SyscallMeasurement measurement;
  static MechanismVerdict mechanism;
  static double[] microsAfter;
  static double[] microsBefore;
  static SyscallMix mix;
  static SyscallCounts ofN;
  static SyscallCounts ofTwoN;
  static boolean onDocker;
  static long ordersPerSession;
  static long pid;
  static SyscallMix.Pass plain;
  static LoadPlan plan;
  static int port;
  static List<Record> queues;
  static Path readOnly;
  static int requests;
  static LoadResult result;
  static Subject server;
  static Duration serverCpu;
  static Table.Builder table;
  static String token;
  static SyscallMix.Pass traced;
  static ThreadUsage.Delta used;

  static void burst() {}

  static void burst(int datagrams) {}

  static long drive(Subject server) {
    return 0;
  }

  static void drive(InetSocketAddress server, long requests) {}

  static void get(Subject redis, long operations) throws IOException {}

  static long granted(String level) {
    return 0;
  }

  static void openConnections(int count) {}

  static void request(InetSocketAddress server) throws IOException {}

  static void sendDatagrams(int port, int count) {}

  static void sendDatagrams(InetSocketAddress server, int count) {}

  /** A program to observe. */
  abstract static class Server {}

  /** Another, which asks. */
  abstract static class Client {}

  /** A program that somebody has. */
  abstract static class ShopMain {}

  /** An experiment to refer to. */
  abstract static class RedisGetExperiment {
    static void get(Subject redis, long operations) throws IOException {}
  }

  /** An experiment to have a control. */
  abstract static class WebConnectionsExperiment {
    void request(Subject server) throws IOException {}
  }

  @interface RequiresHugePages {}

  /** The levels of a factor. */
  enum Transport {
    THREADED;

    GateFinding availability() {
      return GateFinding.open("can run here");
    }
  }

  /** A server's way of talking to refer to. */
  static class EchoConversation implements Conversation {
    EchoConversation(long session) {}

    @Override
    public void writeRequest(ByteBuffer out) {}

    @Override
    public boolean readReplies(ByteBuffer in) {
      return true;
    }
  }

  static class OrderConversation extends EchoConversation {
    OrderConversation(long firstOrder) {
      super(firstOrder);
    }
  }
}

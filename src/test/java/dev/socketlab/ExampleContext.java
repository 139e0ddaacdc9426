package dev.socketlab;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.MechanismVerdict;
import dev.socketlab.artifact.Table;
import dev.socketlab.experiment.Lab;
import dev.socketlab.gate.GateCheck;
import dev.socketlab.gate.GateFinding;
import dev.socketlab.load.Conversation;
import dev.socketlab.load.Conversations;
import dev.socketlab.load.LoadPlan;
import dev.socketlab.load.LoadResult;
import dev.socketlab.place.Subject;
import dev.socketlab.place.TwoHosts;
import dev.socketlab.probe.Ledger;
import dev.socketlab.probe.SyscallCounts;
import dev.socketlab.probe.ThreadUsageDelta;
import dev.socketlab.probe.UdpBooks;
import dev.socketlab.trace.Load;
import dev.socketlab.trace.LoadCost;
import dev.socketlab.trace.SyscallMeasurement;
import dev.socketlab.trace.SyscallMix;
import dev.socketlab.trace.SyscallPass;
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

  long accepted;
  Artifact artifact;
  Artifact before;
  Artifact after;
  UdpBooks books;
  Runnable burst;
  GateCheck check;
  Subject container;
  ExtensionContext context;
  Conversations conversations;
  LoadCost cost;
  SyscallCounts counts;
  String expected;
  String home;
  TwoHosts hosts;
  String json;
  Lab lab;
  Ledger ledger;
  List<String> lines;
  Load load;
  long max;
  SyscallMeasurement measurement;
  MechanismVerdict mechanism;
  double[] microsAfter;
  double[] microsBefore;
  SyscallMix mix;
  SyscallCounts ofN;
  SyscallCounts ofTwoN;
  boolean onDocker;
  long ordersPerSession;
  long pid;
  SyscallPass plain;
  LoadPlan plan;
  int port;
  List<Record> queues;
  Path readOnly;
  int requests;
  LoadResult result;
  Subject server;
  Duration serverCpu;
  Table table;
  String token;
  SyscallPass traced;
  ThreadUsageDelta used;

  abstract void burst();

  abstract void burst(int datagrams);

  abstract long drive(Subject server);

  abstract void drive(InetSocketAddress server, long requests);

  abstract void get(Subject redis, long operations) throws IOException;

  abstract long granted(String level);

  abstract void openConnections(int count);

  abstract void request(InetSocketAddress server) throws IOException;

  abstract void sendDatagrams(int port, int count);

  abstract void sendDatagrams(InetSocketAddress server, int count);

  /** A program to observe. */
  abstract static class Server {}

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

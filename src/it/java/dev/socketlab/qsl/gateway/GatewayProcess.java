package dev.socketlab.qsl.gateway;

import dev.socketlab.qsl.app.GatewayMain;
import dev.socketlab.qsl.app.Qsl;
import dev.socketlab.subject.Subject;
import dev.socketlab.subject.SubjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A gateway in a JVM of its own, on a free port. */
final class GatewayProcess implements AutoCloseable {
  private static final Pattern STOPPED = Pattern.compile("stopped .*accept_failures=(\\d+)");

  private final Subject subject;

  private GatewayProcess(Subject subject) {
    this.subject = subject;
  }

  static GatewayProcess start(
      Path folder, TransportKind kind, List<String> under, String... options) {
    List<String> arguments = new ArrayList<>(List.of("gateway", "0", "--transport", kind.label()));
    arguments.addAll(List.of(options));
    return start(folder, kind, under, Qsl.class, arguments);
  }

  /** Start it without the command line's parser. */
  static GatewayProcess startPlain(Path folder, TransportKind kind, List<String> under) {
    return start(folder, kind, under, GatewayMain.class, List.of("0", kind.label(), "16"));
  }

  private static GatewayProcess start(
      Path folder,
      TransportKind kind,
      List<String> under,
      Class<?> mainClass,
      List<String> arguments) {
    return new GatewayProcess(
        SubjectBuilder.java(folder, subject -> {}, mainClass, arguments)
            .named("gateway-" + kind.label())
            .under(under.toArray(String[]::new))
            .jvmFlags(
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
            .readyWhen("listening on 127\\.0\\.0\\.1:(\\d+) transport=" + kind.label())
            .start());
  }

  int port() {
    return subject.port();
  }

  long pid() {
    return subject.pid();
  }

  /** Let the process open no descriptor with this number or a higher one, until it is closed. */
  Subject.DescriptorLimit limitDescriptors(long most) {
    return subject.limitDescriptors(most);
  }

  int awaitExit() {
    return subject.awaitExit(Duration.ofSeconds(10));
  }

  /** What the last line said of failed attempts to accept; the process has printed it. */
  long acceptFailures() {
    return Long.parseLong(subject.awaitOutput(STOPPED, Duration.ofSeconds(10)).group(1));
  }

  List<String> output() {
    return subject.outputLines();
  }

  /** End the input, and send SIGTERM at once. */
  int stop() {
    return subject.stop();
  }

  @Override
  public void close() {
    stop();
  }
}

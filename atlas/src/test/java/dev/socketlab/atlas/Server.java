package dev.socketlab.atlas;

import dev.socketlab.atlas.server.HelidonServer;
import dev.socketlab.atlas.server.JdkHttpServer;
import dev.socketlab.atlas.server.JdkHttpServerVirtual;
import dev.socketlab.atlas.server.Jetty;
import dev.socketlab.atlas.server.NettyEpoll;
import dev.socketlab.atlas.server.NettyIoUring;
import dev.socketlab.atlas.server.NettyServer;
import dev.socketlab.atlas.server.SpringBoot;
import dev.socketlab.atlas.server.SystemServers;
import dev.socketlab.atlas.server.Tomcat;
import dev.socketlab.atlas.server.UndertowServer;
import dev.socketlab.atlas.server.VertxServer;
import dev.socketlab.card.Operation;
import dev.socketlab.experiment.Lab;
import dev.socketlab.subject.SubjectPlan;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The servers, each with its defaults, and what each is asked. */
enum Server {
  HELIDON(HelidonServer.class),
  JDK(JdkHttpServer.class),
  JDK_VIRTUAL(JdkHttpServerVirtual.class),
  JETTY(Jetty.class),
  NETTY_NIO(NettyServer.class),
  NETTY_EPOLL(NettyEpoll.class),
  NETTY_IO_URING(NettyIoUring.class),
  SPRING_BOOT(SpringBoot.class),
  TOMCAT(Tomcat.class),
  UNDERTOW(UndertowServer.class),
  VERTX(VertxServer.class),
  HAPROXY("haproxy", SystemServers::haproxy, Ask.HELLO),
  LIGHTTPD("lighttpd", SystemServers::lighttpd, Operation.http("GET", "/BSD")),
  NGINX("nginx", lab -> SystemServers.nginx(lab, "master_process off;\n"), Ask.HELLO),
  MEMCACHED("memcached", SystemServers::memcached, Operation.memcached("version")),
  MOSQUITTO("mosquitto", SystemServers::mosquitto, SystemServers.MQTT_PING),
  REDIS("redis-server", SystemServers::redis, Operation.redis("PING"));

  private static final class Ask {
    private static final Operation HELLO = Operation.http("GET", "/");
  }

  private final String tool;
  private final Function<Lab, SubjectPlan> plan;
  private final Operation operation;

  Server(Class<?> main) {
    this("", lab -> lab.java(main, "{port}").jvmFlags("-XX:+UseSerialGC"), Ask.HELLO);
  }

  Server(String tool, Function<Lab, SubjectPlan> plan, Operation operation) {
    this.tool = tool;
    this.plan = plan;
    this.operation = operation;
  }

  SubjectPlan plan(Lab lab) {
    return plan.apply(lab);
  }

  Operation operation() {
    return operation;
  }

  /** What a connection begins with, where its protocol wants that. */
  Optional<Operation> hello() {
    return this == MOSQUITTO ? Optional.of(SystemServers.MQTT_CONNECT) : Optional.empty();
  }

  /** The program that must be installed; empty for one of this class path. */
  String tool() {
    return tool;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("io uring", "io_uring");
  }
}

package dev.socketlab.cli;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Verdict;
import dev.socketlab.card.Law;
import dev.socketlab.card.Operation;
import dev.socketlab.card.internal.CardOrder;
import dev.socketlab.card.internal.CardRun;
import dev.socketlab.card.internal.Policy;
import dev.socketlab.compare.internal.Comparison;
import dev.socketlab.report.internal.HtmlPage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the Socket Report Card of a server. */
@Command(
    name = "card",
    description = "Try the laws of the boundary between a server and the kernel on a server.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each law that was tried holds, or is a note",
      "1:a law is broken",
      "2:the arguments are wrong or a file cannot be written",
      "3:no law is broken, and one could not be judged or tried"
    },
    footerHeading = "%nFor instance:%n",
    footer = {
      "  socketlab card --redis PING -- redis-server --port {port}",
      "  socketlab card --http GET:/health -- java -jar app.jar --server.port={port}",
      "  socketlab card --send 'version\\r\\n' --expect 'VERSION 1.6.18\\r\\n' -- memcached -p {port}"
    })
final class CardCommand implements Callable<Integer> {

  /** What the server is asked. */
  static final class Asked {
    @Option(
        names = "--http",
        paramLabel = "METHOD:PATH",
        description = "A request of HTTP/1.1, such as GET:/health.")
    private @Nullable String http;

    @Option(names = "--redis", paramLabel = "COMMAND", description = "Such as 'GET key'.")
    private @Nullable String redis;

    @Option(names = "--memcached", paramLabel = "COMMAND", description = "Such as 'get key'.")
    private @Nullable String memcached;

    @Option(
        names = "--line",
        paramLabel = "TEXT",
        description = "A line that is answered with a line.")
    private @Nullable String line;

    @Option(
        names = "--send",
        paramLabel = "TEXT",
        description = "Bytes that --expect answers; \\r, \\n, \\t, \\0, \\\\ and \\xHH are known.")
    private @Nullable String send;
  }

  @Spec private CommandSpec spec;

  @ArgGroup private @Nullable Asked asked;

  @Option(
      names = "--expect",
      paramLabel = "TEXT",
      description = "The whole reply to --send, the same each time.")
  private @Nullable String expect;

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description = "Laws whose id begins so: SL-CLOSE, or SL-FD-01.")
  private @Nullable List<String> only;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "Laws that may be broken; a line each: ID accepted because \"a reason\".")
  private @Nullable Path policy;

  @Option(
      names = "--ready",
      paramLabel = "REGEX",
      description = "What the server prints when it is ready; else it is when it listens.")
  private @Nullable String ready;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      defaultValue = "socket-card",
      description = "Where the files go; ${DEFAULT-VALUE} by default.")
  private Path folder;

  @Option(
      names = "--against",
      paramLabel = "CARD.json",
      description = "Say what has changed since an earlier card.")
  private @Nullable Path against;

  @Option(names = "--list", description = "List the laws, and do nothing else.")
  private boolean list;

  @Option(names = "--explain", paramLabel = "ID", description = "Show the page of a law.")
  private @Nullable String explain;

  @Option(names = "--dry-run", description = "Say what would be done to the server.")
  private boolean dryRun;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The server in the foreground; {port} stands for a free port.")
  private @Nullable List<String> command;

  @Override
  public Integer call() throws IOException {
    if (list) {
      return print(
          lines(Arrays.stream(Law.values()).map(law -> law + "  (" + law.had() + ")").toList()));
    }
    if (explain != null) {
      return print(page(explain));
    }
    CardOrder order = order();
    if (dryRun) {
      return print(plan(order));
    }
    PrintStream progress = System.err;
    Artifact card = CardRun.make(order, words(order), folder, progress);
    String text =
        CardText.of(
            card,
            withoutFolders(String.join(" ", order.command())),
            order.operation().name(),
            Law.values().length);
    Files.writeString(folder.resolve("card.txt"), text);
    Files.writeString(folder.resolve("card.html"), HtmlPage.write(card));
    Files.writeString(folder.resolve("card.md"), VerdictsCommand.markdown(card));
    Path ci = Files.createDirectories(folder.resolve("ci"));
    Files.writeString(ci.resolve("card.sarif"), CardForms.sarif(card, placeOfFindings()));
    Files.writeString(ci.resolve("junit.xml"), CardForms.junit(card));
    Files.writeString(ci.resolve("badge.json"), CardForms.badge(card));
    int _ = print(text);
    if (against != null) {
      int _ = print("\n" + Comparison.of(Runs.read(against), card).toText());
    }
    progress.println("card.txt, card.html, card.md, socket_card.json and ci/ are in " + folder);
    return exitCode(card.verdict(), card);
  }

  private static int exitCode(Verdict verdict, Artifact card) {
    if (verdict == Verdict.FAILED) {
      return ExitCode.CHANGED;
    }
    boolean all =
        card.mechanisms().stream()
            .allMatch(law -> law.verdict() == Verdict.HOLDS || law.verdict() == Verdict.NOTE);
    return all ? ExitCode.OK : ExitCode.NOT_JUDGED;
  }

  /** A file of the user's repository, which those who show SARIF ask for. */
  private String placeOfFindings() {
    return policy == null || policy.isAbsolute() ? "socket-card.policy" : policy.toString();
  }

  private int print(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private CardOrder order() throws IOException {
    if (command == null || command.isEmpty()) {
      throw new IllegalArgumentException(
          "no server: give its command behind --, with {port} where its port stands");
    }
    if (ready == null && command.stream().noneMatch(word -> word.contains("{port}"))) {
      throw new IllegalArgumentException(
          "the server's command has no {port}: %s; put it where the port stands"
              .formatted(String.join(" ", command)));
    }
    return new CardOrder(command, Optional.ofNullable(ready), operation(), laws(), accepted());
  }

  private Operation operation() {
    if (asked == null) {
      throw new IllegalArgumentException(
          "nothing to ask the server: give --http, --redis, --memcached, --line, or --send with"
              + " --expect");
    }
    if ((asked.send == null) != (expect == null)) {
      throw new IllegalArgumentException("--send and --expect go together");
    }
    if (asked.http != null) {
      String[] parts = asked.http.split(":", 2);
      if (parts.length != 2) {
        throw new IllegalArgumentException(
            "--http = \"" + asked.http + "\" must be METHOD:PATH, such as GET:/");
      }
      return Operation.http(parts[0], parts[1]);
    }
    if (asked.redis != null) {
      return Operation.redis(asked.redis.strip().split(" +"));
    }
    if (asked.memcached != null) {
      return Operation.memcached(asked.memcached);
    }
    if (asked.line != null) {
      return Operation.line(asked.line);
    }
    return Operation.exchange(
        EscapedBytes.of("--send", String.valueOf(asked.send)),
        EscapedBytes.of("--expect", String.valueOf(expect)));
  }

  private List<Law> laws() {
    List<String> wanted = only == null ? List.of("SL-") : only;
    for (String id : wanted) {
      if (id.isBlank() || Arrays.stream(Law.values()).noneMatch(law -> law.id().startsWith(id))) {
        throw new IllegalArgumentException(
            "--only = \"" + id + "\" is the beginning of no law's id; --list shows them");
      }
    }
    return Arrays.stream(Law.values())
        .filter(law -> wanted.stream().anyMatch(id -> law.id().startsWith(id)))
        .toList();
  }

  private Map<Law, String> accepted() throws IOException {
    return policy == null
        ? Map.of()
        : Policy.of(policy.toString(), Runs.readText(policy).lines().toList());
  }

  private static String page(String id) throws IOException {
    Law law =
        Arrays.stream(Law.values())
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--explain = \"" + id + "\" is no law; --list shows them"));
    String name = "/dev/socketlab/card/laws/" + law.id() + ".md";
    try (InputStream page = CardCommand.class.getResourceAsStream(name)) {
      if (page == null) {
        throw new IllegalStateException("the jar has no " + name);
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String plan(CardOrder order) {
    Stream<String> head =
        Stream.of(
            "server: " + String.join(" ", order.command()),
            "asked:  " + order.operation(),
            "Each law starts the server anew, in a network of its own where that is allowed, and ends"
                + " it.");
    Stream<String> laws =
        order.laws().stream()
            .map(law ->
                "  %-12s  %s"
                    .formatted(
                        law.id(),
                        switch (law.needs()) {
                          case READING -> "is looked at";
                          case LOAD -> "gets connections and operations";
                          case STOPPING -> "is stopped, starved or restarted";
                        }));
    return lines(Stream.concat(head, laws).toList());
  }

  /** As it can be typed again, elsewhere: without this machine's folders. */
  private String words(CardOrder order) {
    List<String> words = new ArrayList<>(List.of("socketlab", "card"));
    option(words, "--http", asked == null ? null : asked.http);
    option(words, "--redis", asked == null ? null : asked.redis);
    option(words, "--memcached", asked == null ? null : asked.memcached);
    option(words, "--line", asked == null ? null : asked.line);
    option(words, "--send", asked == null ? null : asked.send);
    option(words, "--expect", expect);
    option(words, "--only", only == null ? null : String.join(",", only));
    option(words, "--policy", policy == null ? null : withoutFolders(policy.toString()));
    option(words, "--ready", ready);
    words.add("--");
    order.command().stream()
        .map(CardCommand::withoutFolders)
        .map(CardCommand::quoted)
        .forEach(words::add);
    return String.join(" ", words);
  }

  private static void option(List<String> words, String name, @Nullable String value) {
    if (value != null) {
      words.add(name);
      words.add(quoted(value));
    }
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,{}-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String withoutFolders(String word) {
    return word.replaceAll("(?<![\\w.~-])/(?:[^/\\s]+/)+", "");
  }
}

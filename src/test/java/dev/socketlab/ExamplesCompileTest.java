package dev.socketlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java examples in the framework's Javadoc and in the documents compile among the names of
 * {@link ExampleContext}; a body that says {@code ...} counts as empty.
 */
class ExamplesCompileTest {

  private static final Pattern START = Pattern.compile("\\{@snippet :");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import .*;$");
  private static final Pattern ELLIPSIS = Pattern.compile("\\{[^\\n{}]*\\.\\.\\.[^\\n]*}");

  private static final Pattern TYPE = Pattern.compile("(?m)^(?:final )?class ");

  /** Anything else is statements. */
  private static final Pattern MEMBERS = Pattern.compile("^(?:@|static |List<\\w+> \\w+\\()");

  private @TempDir Path classes;

  @Test
  void everyExampleCompiles() throws IOException {
    assertThat(errors(ofTheJavadoc())).isEmpty();
    assertThat(errors(ofTheDocuments())).isEmpty();
  }

  @Test
  void anExampleThatDoesNotCompileIsFound() {
    assertThat(
            errors(
                Map.of(
                    "Right0", "long most = Sysctl.number(\"net.core.rmem_max\");",
                    "Wrong0", "long most = Sysctl.numbr(\"net.core.rmem_max\");")))
        .singleElement()
        .asString()
        .contains("Wrong0")
        .contains("numbr");
  }

  /** By the type that shows them, with their number there. */
  private static Map<String, String> ofTheJavadoc() throws IOException {
    Map<String, String> examples = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/socketlab"))) {
      for (Path file : files.filter(DocumentationTest::isOfTheFramework).toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        String source = Files.readString(file);
        Matcher start = START.matcher(source);
        for (int i = 0; start.find(); i++) {
          examples.put(type + i, withoutStars(upToItsBrace(source, start.end())));
        }
      }
    }
    assertThat(examples).hasSizeGreaterThan(100);
    return examples;
  }

  private static Map<String, String> ofTheDocuments() throws IOException {
    Map<String, String> examples = new TreeMap<>();
    for (Path page : DocumentationTest.pages()) {
      String name = page.getFileName().toString().replaceAll("\\W", "_");
      Matcher block = BLOCK.matcher(Files.readString(page));
      for (int i = 0; block.find(); i++) {
        examples.put(name + i, block.group(1));
      }
    }
    assertThat(examples).hasSizeGreaterThan(10);
    return examples;
  }

  private static String upToItsBrace(String source, int from) {
    int open = 1;
    int at = from;
    for (; open > 0; at++) {
      open += source.charAt(at) == '{' ? 1 : 0;
      open -= source.charAt(at) == '}' ? 1 : 0;
    }
    return source.substring(from, at - 1);
  }

  private static String withoutStars(String comment) {
    return comment
        .lines()
        .map(line -> line.replaceFirst("^ *\\* ?", ""))
        .collect(Collectors.joining("\n"));
  }

  private List<String> errors(Map<String, String> examples) {
    JavaCompiler compiler =
        Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "needs a JDK");
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<Unit> units =
        examples.entrySet().stream()
            .map(example -> new Unit(example.getKey(), example.getValue()))
            .toList();
    List<String> options = List.of("-Xmaxerrs", "1000", "-d", classes.toString());
    compiler.getTask(null, null, found, options, null, units).call();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }

  /** One example as a compilation unit. */
  private static final class Unit extends SimpleJavaFileObject {
    private static final String IMPORTS =
        Stream.of(
                "artifact",
                "artifact.internal",
                "assertion",
                "card",
                "card.internal",
                "cli",
                "compare",
                "compare.internal",
                "experiment",
                "gate",
                "gate.internal",
                "ledger",
                "load",
                "network",
                "network.internal",
                "probe",
                "probe.internal",
                "report.internal",
                "script",
                "subject",
                "subject.internal",
                "trace",
                "trace.internal")
            .map(name -> "import dev.socketlab." + name + ".*;\n")
            .collect(Collectors.joining());

    private final String source;

    private Unit(String name, String example) {
      super(URI.create("string:///dev/socketlab/" + name + "Example.java"), Kind.SOURCE);
      String code =
          ELLIPSIS.matcher(IMPORT.matcher(example).replaceAll("")).replaceAll("{}").strip();
      String body =
          MEMBERS.matcher(code).find()
              ? TYPE.matcher(code).replaceAll("static $0")
              : "void example() throws Exception {\n" + code + "\n}";
      source =
          """
          package dev.socketlab;
          %s
          import static dev.socketlab.assertion.LabAssertions.assertThat;
          import static org.assertj.core.api.Assertions.assertThat;
          import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
          import java.io.*;
          import java.lang.annotation.*;
          import java.net.*;
          import java.nio.*;
          import java.nio.charset.*;
          import java.nio.file.*;
          import java.util.*;
          import java.time.*;
          import java.util.concurrent.*;
          import java.util.concurrent.atomic.*;
          import java.util.regex.*;
          import java.util.stream.*;
          import org.awaitility.Awaitility;
          import org.junit.jupiter.api.*;

          abstract class %sExample extends ExampleContext {
          %s
          }
          """
              .formatted(IMPORTS, name, body);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }
}

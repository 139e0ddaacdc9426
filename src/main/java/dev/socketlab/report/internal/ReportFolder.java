package dev.socketlab.report.internal;

import dev.socketlab.artifact.Artifact;
import dev.socketlab.artifact.Plot;
import dev.socketlab.artifact.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A folder of reports: {@code index.html}, one {@code NAME.html} for each run, and a folder {@code
 * NAME} with its plots as SVG and its tables as CSV. Each file is written whole and then renamed.
 *
 * {@snippet :
 * Path index = new ReportFolder(Path.of("target/report")).write(List.of(artifact));
 * }
 */
public final class ReportFolder {
  private static final int LONGEST_NAME = 60;

  private final Path folder;

  /**
   * Chooses a folder.
   *
   * @param folder it is created where it is missing; other files in it are left alone
   */
  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes the reports of several runs and their index.
   *
   * @param artifacts the runs, of different names
   * @return the index
   * @throws IOException if a file cannot be written
   */
  public Path write(List<Artifact> artifacts) throws IOException {
    List<Artifact> sorted =
        artifacts.stream().sorted(Comparator.comparing(Artifact::name)).toList();
    for (Artifact artifact : sorted) {
      write(artifact);
    }
    return file(folder.resolve("index.html"), HtmlIndex.write(sorted));
  }

  private void write(Artifact artifact) throws IOException {
    file(folder.resolve(artifact.name() + ".html"), HtmlPage.write(artifact));
    Path parts = folder.resolve(artifact.name());
    int number = 1;
    for (Plot plot : artifact.plots()) {
      file(
          parts.resolve("plot-%s-%s.svg".formatted(number++, fileName(plot.title()))),
          SvgPlot.standalone(plot, artifact));
    }
    number = 1;
    for (Table table : artifact.tables()) {
      file(
          parts.resolve("table-%s-%s.csv".formatted(number++, fileName(table.title()))),
          Csv.write(table));
    }
  }

  private static String fileName(String title) {
    String name =
        title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_NAME).replaceAll("-[^-]*$", "");
  }

  private static Path file(Path file, String content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path staged = Files.createTempFile(file.toAbsolutePath().getParent(), ".report-", ".tmp");
    try {
      Files.writeString(staged, content);
      Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(staged);
    }
    return file;
  }
}

package dev.socketlab.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectOutputTest {

  private @TempDir Path folder;
  private SubjectOutput output;

  @BeforeEach
  void fresh() throws IOException {
    output = SubjectOutput.fresh(folder, "subject");
  }

  private void write(String text) throws IOException {
    Files.writeString(output.file(), text, StandardOpenOption.APPEND);
  }

  @Test
  void aLineCountsAsSoonAsItIsComplete() throws IOException {
    SubjectOutput.Search search = output.search(Pattern.compile("port (\\d+)"));
    assertThat(search.find()).isEmpty();
    write("größe\nport 47");
    assertThat(search.find()).isEmpty();
    write("11\nport 5\n");
    assertThat(search.find()).map(match -> match.group(1)).contains("4711");
    assertThat(search.find()).map(MatchResult::group).contains("port 4711");
  }

  @Test
  void whatWasReadIsNotReadAgain() throws IOException {
    SubjectOutput.Search search = output.search(Pattern.compile("ready"));
    write("12345\n");
    assertThat(search.find()).isEmpty();
    Files.writeString(output.file(), "ready\n"); // where the lines before stood
    assertThat(search.find()).isEmpty();
    write("ready!\n");
    assertThat(search.find()).isPresent();
    assertThat(output.search(Pattern.compile("ready$")).find()).isPresent();
  }
}

package dev.socketlab.artifact.internal;

import dev.socketlab.artifact.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * SHA-256 over the listing that {@code sha256sum} prints for the files in a scope, sorted by the
 * bytes of their relative paths. Anyone can repeat it, with or without git:
 *
 * <pre>find SCOPE -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum</pre>
 *
 * @param value the digest, or why there is none
 * @param scope the parts of the asked scope that exist
 * @param files how many files it covers
 */
public record SourceDigest(String value, List<String> scope, int files) {
  private static final Comparator<String> BY_BYTES =
      Comparator.comparing(SourceDigest::utf8, Arrays::compareUnsigned);

  static SourceDigest of(Path project, List<String> scope) {
    List<String> present =
        scope.stream().filter(part -> Files.exists(project.resolve(part))).toList();
    try {
      List<String> files =
          present.stream()
              .flatMap(part -> filesIn(project, part))
              .distinct()
              .sorted(BY_BYTES)
              .toList();
      if (files.isEmpty()) {
        String why = "the working directory has no file in " + String.join(" ", scope);
        return new SourceDigest(Provenance.unknown(why), present, 0);
      }
      MessageDigest listing = sha256();
      MessageDigest content = sha256();
      for (String file : files) {
        byte[] digest = content.digest(Files.readAllBytes(project.resolve(file)));
        listing.update(utf8(HexFormat.of().formatHex(digest) + "  " + file + "\n"));
      }
      return new SourceDigest(HexFormat.of().formatHex(listing.digest()), present, files.size());
    } catch (IOException | UncheckedIOException e) {
      return new SourceDigest(Provenance.unknown("a source file is not readable"), present, 0);
    }
  }

  public static String hexSha256(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static Stream<String> filesIn(Path project, String part) {
    try (Stream<Path> paths = Files.walk(project.resolve(part))) {
      return paths
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .map(path -> project.relativize(path).toString().replace('\\', '/'))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

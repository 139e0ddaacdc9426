package dev.socketlab.card.internal;

import dev.socketlab.card.Operation.Reply;
import dev.socketlab.load.ViolationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the replies of some protocols end. */
public final class Replies {
  private static final String CRLF = "\r\n";
  private static final int SHOWN = 80;
  private static final int BAD_REQUEST = 400;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");
  private static final Pattern LENGTH = Pattern.compile("(?m)^content-length: *(\\d{1,9}) *$");
  private static final Pattern CHUNKED =
      Pattern.compile("(?m)^transfer-encoding: *(?:.*, *)?chunked *$");

  private Replies() {}

  /** Ends behind some words. */
  public static Reply until(String words) {
    return bytes -> {
      int start = text(bytes).indexOf(words);
      return start < 0 ? Reply.NOT_WHOLE : start + words.length();
    };
  }

  /** Is always the same. */
  public static Reply exactly(byte[] expected) {
    byte[] whole = expected.clone();
    return bytes -> {
      int common = Math.min(bytes.length, whole.length);
      int differs = Arrays.mismatch(bytes, 0, common, whole, 0, common);
      if (differs >= 0) {
        throw new ViolationException(
            "byte %d of the reply is not what was expected: %s".formatted(differs, shown(bytes)));
      }
      return bytes.length < whole.length ? Reply.NOT_WHOLE : whole.length;
    };
  }

  /** A command with a value ends with END, the others are one line. */
  public static Reply memcached(String command) {
    Reply end = command.matches("(?:get|gets|stats)\\b.*") ? until("END" + CRLF) : until(CRLF);
    return bytes -> {
      if (text(bytes).matches("(?s)(?:ERROR|CLIENT_ERROR|SERVER_ERROR)\\b.*")) {
        throw new ViolationException("memcached says: " + shown(bytes));
      }
      return end.length(bytes);
    };
  }

  /** RESP2, of which a value may hold values. */
  public static Reply redis() {
    return bytes -> {
      if (bytes.length > 0 && bytes[0] == '-') {
        throw new ViolationException("redis says: " + shown(bytes));
      }
      return endOfValue(text(bytes), 0);
    };
  }

  private static int endOfValue(String text, int start) throws ViolationException {
    int line = text.indexOf(CRLF, start);
    if (line < 0) {
      return Reply.NOT_WHOLE;
    }
    int next = line + CRLF.length();
    char type = text.charAt(start);
    if (type == '+' || type == '-' || type == ':') {
      return next;
    }
    if (type != '$' && type != '*') {
      throw new ViolationException("no reply of redis begins so: " + shown(text.substring(start)));
    }
    int count = Integer.parseInt(text.substring(start + 1, line));
    if (type == '$') {
      int end = count < 0 ? next : next + count + CRLF.length();
      return end <= text.length() ? end : Reply.NOT_WHOLE;
    }
    for (int i = 0; i < count && next != Reply.NOT_WHOLE; i++) {
      next = endOfValue(text, next);
    }
    return next;
  }

  /** HTTP/1.1, RFC 9112, 6.3. */
  public static Reply http(boolean hasBody) {
    return bytes -> {
      String text = text(bytes);
      int blank = text.indexOf(CRLF + CRLF);
      if (blank < 0) {
        return Reply.NOT_WHOLE;
      }
      requireSuccess(text.substring(0, text.indexOf(CRLF)));
      String headers = text.substring(0, blank).toLowerCase(Locale.ROOT).replace(CRLF, "\n");
      int body = blank + 2 * CRLF.length();
      if (!hasBody || headers.startsWith("http/1.1 204") || headers.startsWith("http/1.1 304")) {
        return body;
      }
      if (CHUNKED.matcher(headers).find()) {
        return endOfChunks(text, body);
      }
      Matcher length = LENGTH.matcher(headers);
      if (!length.find()) {
        throw new ViolationException(
            "the reply has neither Content-Length nor chunks, so that its end is the connection's;"
                + " give a path whose reply says where it ends");
      }
      int end = body + Integer.parseInt(length.group(1));
      return end <= bytes.length ? end : Reply.NOT_WHOLE;
    };
  }

  private static void requireSuccess(String statusLine) throws ViolationException {
    Matcher status = STATUS.matcher(statusLine);
    if (!status.matches() || Integer.parseInt(status.group(1)) >= BAD_REQUEST) {
      throw new ViolationException(
          "the server answers \"" + shown(statusLine) + "\"; give a request that succeeds");
    }
  }

  private static int endOfChunks(String text, int start) {
    int next = start;
    while (true) {
      int line = text.indexOf(CRLF, next);
      if (line < 0) {
        return Reply.NOT_WHOLE;
      }
      int size = Integer.parseInt(text.substring(next, line).replaceAll(";.*", "").strip(), 16);
      int end = line + CRLF.length() + size;
      if (size == 0) {
        // Trailers, which are rare, end with an empty line as headers do.
        int last = text.indexOf(CRLF, end);
        while (last > end) {
          end = last + CRLF.length();
          last = text.indexOf(CRLF, end);
        }
        return last < 0 ? Reply.NOT_WHOLE : last + CRLF.length();
      }
      if (end + CRLF.length() > text.length()) {
        return Reply.NOT_WHOLE;
      }
      next = end + CRLF.length();
    }
  }

  /** A character for each byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String shown(byte[] bytes) {
    return shown(text(bytes));
  }

  private static String shown(String text) {
    return text.substring(0, Math.min(SHOWN, text.length())).replaceAll("[^ -~]", ".");
  }
}

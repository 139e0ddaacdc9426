package dev.socketlab.report.internal;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes HTML or SVG: elements nest, attributes and text are escaped. */
final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Open an element; attributes are names and values in turn. */
  Markup open(String element, Object... attributes) {
    start(element, attributes).append(">");
    open.push(element);
    return this;
  }

  /** Write an element that has no content. */
  Markup empty(String element, Object... attributes) {
    start(element, attributes).append("/>\n");
    return this;
  }

  /** Write an element that has nothing but text. */
  Markup leaf(String element, String text, Object... attributes) {
    return open(element, attributes).text(text).close();
  }

  Markup text(String text) {
    out.append(escape(text));
    return this;
  }

  /** Write what is markup already. */
  Markup raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Close the element that was opened last. */
  Markup close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("elements are still open: " + open);
    }
    return out.toString();
  }

  private StringBuilder start(String element, Object... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(escape(attributes[i + 1].toString())).append('"');
    }
    return out;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

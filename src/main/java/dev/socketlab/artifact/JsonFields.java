package dev.socketlab.artifact;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * One object of a JSON document, read strictly: each field must be there, be of the asked type and
 * be asked for. Messages name the field by its path.
 */
final class JsonFields {
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  private JsonFields(String path, JsonNode node) {
    this.path = path;
    this.node = node;
  }

  /** Read an object whole: every field that the reader does not ask for is refused. */
  static <T> T read(String path, JsonNode node, Function<JsonFields, T> reader) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(describe(path) + " must be an object");
    }
    JsonFields fields = new JsonFields(path, node);
    T value = reader.apply(fields);
    for (String name : node.propertyNames()) {
      if (!fields.asked.contains(name)) {
        throw new IllegalArgumentException(describe(fields.child(name)) + " is not known");
      }
    }
    return value;
  }

  String text(String name) {
    return text(require(name), child(name));
  }

  int number(String name) {
    JsonNode value = require(name);
    if (!value.isInt()) {
      throw new IllegalArgumentException(describe(child(name)) + " must be a whole number");
    }
    return value.intValue();
  }

  boolean truth(String name) {
    JsonNode value = require(name);
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(describe(child(name)) + " must be true or false");
    }
    return value.booleanValue();
  }

  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String value = text(name);
    try {
      return Enum.valueOf(type, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s must be one of %s: %s"
              .formatted(describe(child(name)), List.of(type.getEnumConstants()), value),
          e);
    }
  }

  List<String> texts(String name) {
    return elements(name, (element, where) -> text(element, where));
  }

  List<Long> numbers(String name) {
    return elements(
        name,
        (element, where) -> {
          if (!element.isInt() && !element.isLong()) {
            throw new IllegalArgumentException(describe(where) + " must be a whole number");
          }
          return element.longValue();
        });
  }

  List<BigDecimal> decimals(String name) {
    return elements(
        name,
        (element, where) -> {
          if (!element.isBigDecimal()) {
            throw new IllegalArgumentException(describe(where) + " must be a number with decimals");
          }
          return element.decimalValue();
        });
  }

  Map<String, String> textByName(String name) {
    JsonNode value = require(name);
    if (!value.isObject()) {
      throw new IllegalArgumentException(describe(child(name)) + " must be an object");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    value
        .properties()
        .forEach(entry ->
            texts.put(entry.getKey(), text(entry.getValue(), child(name) + "." + entry.getKey())));
    return texts;
  }

  <T> T object(String name, Function<JsonFields, T> reader) {
    return read(child(name), require(name), reader);
  }

  <T> List<T> objects(String name, Function<JsonFields, T> reader) {
    return elements(name, (element, where) -> read(where, element, reader));
  }

  /** Return a field as it is, for a reader that decides by its type. */
  JsonNode require(String name) {
    asked.add(name);
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new IllegalArgumentException(describe(child(name)) + " is missing");
    }
    return value;
  }

  String child(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private <T> List<T> elements(String name, ElementReader<T> reader) {
    JsonNode value = require(name);
    if (!value.isArray()) {
      throw new IllegalArgumentException(describe(child(name)) + " must be a list");
    }
    return IntStream.range(0, value.size())
        .mapToObj(i -> reader.read(value.get(i), child(name) + "[" + i + "]"))
        .toList();
  }

  private static String text(JsonNode value, String where) {
    if (!value.isString()) {
      throw new IllegalArgumentException(describe(where) + " must be a text");
    }
    return value.stringValue();
  }

  private static String describe(String where) {
    return where.isEmpty() ? "the document" : "field '" + where + "'";
  }

  private interface ElementReader<T> {
    T read(JsonNode element, String where);
  }
}

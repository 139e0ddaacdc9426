package dev.socketlab.experiment;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the trials of an experiment have left in its fields. A mechanism over nothing holds ({@code
 * allMatch} of an empty list is true), so nothing must not pass for an observation.
 */
final class Observations {

  private Observations() {}

  /**
   * Refuses an experiment whose fields are collections, maps and arrays, and all of them empty. One
   * that has any other field may have observed something in that.
   */
  static void requireSome(Object experiment) {
    List<Field> fields = fields(experiment.getClass());
    if (!fields.isEmpty() && fields.stream().allMatch(field -> isEmpty(field, experiment))) {
      throw new IllegalStateException(
          "the trials observed nothing: %s of %s %s empty after the last one; let each trial add what it saw, also where that is as it should be"
              .formatted(
                  fields.stream().map(Field::getName).collect(Collectors.joining(", ")),
                  experiment.getClass().getSimpleName(),
                  fields.size() == 1 ? "is" : "are"));
    }
  }

  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> in = type; in != Object.class; in = in.getSuperclass()) {
      for (Field field : in.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static boolean isEmpty(Field field, Object experiment) {
    try {
      field.setAccessible(true);
      return switch (field.get(experiment)) {
        case Collection<?> collection -> collection.isEmpty();
        case Map<?, ?> map -> map.isEmpty();
        case Object array when array.getClass().isArray() -> Array.getLength(array) == 0;
        case null, default -> false;
      };
    } catch (IllegalAccessException | RuntimeException _) {
      return false; // a module that does not open its package keeps what it knows
    }
  }
}

package dev.birdconnect.client.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The form that a part of a request must have. */
sealed interface Shape {

  /** A single value. */
  enum Scalar implements Shape {
    TEXT("text"),
    MEDIA_URL("text"),
    INTEGER("a whole number"),
    NUMBER("a number"),
    BOOLEAN("true or false"),
    ANYTHING("anything");

    private final String description;

    Scalar(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  /** A list whose elements share a form. */
  record ListOf(Shape items) implements Shape {}

  /** An object with keys of the user's own, all values of one form. */
  record MapOf(Shape values) implements Shape {}

  /** An object whose known fields have a form; an open one lets other fields pass. */
  record ObjectOf(boolean closed, Map<String, Shape> fields, Set<String> required)
      implements Shape {}

  /** An object whose form depends on the text in its field {@code type}. */
  record ByType(Map<String, Shape> variants) implements Shape {}

  /** A form that contains itself, looked up when it is needed. */
  record Later(Supplier<Shape> shape) implements Shape {}

  /**
   * A closed object.
   *
   * @param namesAndShapes name, form, name, form, ...; a name that ends in {@code !} is required
   */
  static ObjectOf closed(Object... namesAndShapes) {
    return object(true, namesAndShapes);
  }

  /** An object that lets unknown fields pass; otherwise as {@link #closed}. */
  static ObjectOf open(Object... namesAndShapes) {
    return object(false, namesAndShapes);
  }

  private static ObjectOf object(boolean closed, Object... namesAndShapes) {
    Map<String, Shape> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndShapes.length; i += 2) {
      fields.put((String) namesAndShapes[i], (Shape) namesAndShapes[i + 1]);
    }
    Set<String> required =
        fields.keySet().stream()
            .filter(name -> name.endsWith("!"))
            .map(Shape::plain)
            .collect(Collectors.toUnmodifiableSet());
    Map<String, Shape> plainFields = new LinkedHashMap<>();
    fields.forEach((name, shape) -> plainFields.put(plain(name), shape));
    return new ObjectOf(closed, Map.copyOf(plainFields), required);
  }

  private static String plain(String name) {
    return name.endsWith("!") ? name.substring(0, name.length() - 1) : name;
  }
}

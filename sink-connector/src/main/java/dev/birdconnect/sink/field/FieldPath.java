package dev.birdconnect.sink.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a part of a record: {@code value.customer.phone}, {@code value.items[0].sku}, {@code
 * key}, {@code key.id}, {@code header.channel}, {@code topic}, {@code partition}, {@code offset},
 * {@code timestamp}. A name with dots or other signs stands in brackets and quotes: {@code
 * header['x.y']}.
 *
 * @param source the part of the record
 * @param header the header's name; empty for other sources
 * @param steps the way down from there; empty for the whole
 * @param text the path as it was written
 */
public record FieldPath(Source source, String header, List<Step> steps, String text) {

  /** A part of a record. */
  public enum Source {
    VALUE,
    KEY,
    HEADER,
    TOPIC,
    PARTITION,
    OFFSET,
    TIMESTAMP;

    private boolean hasFields() {
      return this == VALUE || this == KEY || this == HEADER;
    }
  }

  /** One step down. */
  public sealed interface Step {}

  /** Down to a field of a struct or an entry of a map. */
  public record Member(String name) implements Step {}

  /** Down to an element of a list, counted from 0. */
  public record Element(int index) implements Step {}

  private static final Pattern SOURCE =
      Pattern.compile("(value|key|header|topic|partition|offset|timestamp)(?![A-Za-z0-9_])");
  private static final Pattern STEP =
      Pattern.compile("\\.([^.\\[\\]{}'\":?\\s]+)|\\['([^']+)'\\]|\\[(\\d{1,9})\\]");

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /** The whole key. */
  public static FieldPath key() {
    return new FieldPath(Source.KEY, "", List.of(), "key");
  }

  /** A whole header. */
  public static FieldPath header(String name) {
    return new FieldPath(Source.HEADER, name, List.of(), "header['" + name + "']");
  }

  /**
   * Reads a path.
   *
   * @throws FieldPathException when it is none; says why
   */
  public static FieldPath parse(String text) throws FieldPathException {
    Matcher start = SOURCE.matcher(text);
    if (!start.lookingAt()) {
      throw new FieldPathException(
          "it has to begin with value, key, header, topic, partition, offset or timestamp, such as"
              + " value.customer.phone");
    }
    Source source = Source.valueOf(start.group(1).toUpperCase(Locale.ROOT));
    List<Step> steps = steps(text, start.end());
    if (!source.hasFields()) {
      if (!steps.isEmpty()) {
        throw new FieldPathException(start.group(1) + " has no fields");
      }
      return new FieldPath(source, "", steps, text);
    }
    if (source != Source.HEADER) {
      return new FieldPath(source, "", steps, text);
    }
    if (steps.isEmpty() || !(steps.get(0) instanceof Member name)) {
      throw new FieldPathException("the header's name is missing; write header.name");
    }
    return new FieldPath(source, name.name(), steps.subList(1, steps.size()), text);
  }

  private static List<Step> steps(String text, int from) throws FieldPathException {
    List<Step> steps = new ArrayList<>();
    Matcher step = STEP.matcher(text);
    int at = from;
    while (at < text.length()) {
      if (!step.region(at, text.length()).lookingAt()) {
        throw new FieldPathException(
            "what follows character "
                + at
                + " is no field; write .name, ['name'] for a name with other signs, or [0] for an"
                + " element");
      }
      if (step.group(1) != null) {
        steps.add(new Member(step.group(1)));
      } else if (step.group(2) != null) {
        steps.add(new Member(step.group(2)));
      } else {
        steps.add(new Element(Integer.parseInt(step.group(3))));
      }
      at = step.end();
    }
    return steps;
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.birdconnect.common.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Checks of single settings that answer in sentences. A value that is missing, or that could not be
 * parsed, stands here as null and has been answered before: one sentence is enough.
 */
public final class Validators {

  private Validators() {}

  /** An id as Bird gives them. */
  public static ConfigDef.Validator uuid() {
    return text(Validators::isUuid, "It has to be an id such as " + new UUID(0, 1) + ".");
  }

  /** An id as Bird gives them, or nothing. */
  public static ConfigDef.Validator uuidOrEmpty() {
    return text(
        text -> text.isEmpty() || isUuid(text),
        "It has to be an id such as " + new UUID(0, 1) + ", or empty.");
  }

  /** A list of ids, none twice in whatever case, or nothing. */
  public static ConfigDef.Validator uuidsOrNone() {
    return new SentenceValidator(
        value ->
            value instanceof List<?> ids
                && ids.stream().allMatch(id -> isUuid(String.valueOf(id)))
                && ids.stream()
                        .map(id -> String.valueOf(id).toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                    == ids.size(),
        "It has to be a list of ids such as " + new UUID(0, 1) + ", none twice.",
        true);
  }

  /** Scheme, host and port. */
  public static ConfigDef.Validator httpUrl() {
    return text(
        Validators::isHttpUrl,
        "It has to be http:// or https:// with a host, without a path, such as"
            + " https://api.bird.com.");
  }

  /** A host's name or address, or nothing. */
  public static ConfigDef.Validator hostOrNone() {
    return text(
        host -> host.isEmpty() || host.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?"),
        "It has to be a host's name or address, without http:// and without a port.");
  }

  /** A password with at least one character, all of them fit for an HTTP header. */
  public static ConfigDef.Validator nonEmptyPassword() {
    return new SentenceValidator(
        value ->
            value instanceof Password password
                && !password.value().isBlank()
                && password.value().chars().allMatch(c -> c > 0x20 && c < 0x7f),
        "It has to be the access key as Bird shows it, without spaces or line ends.",
        false);
  }

  /** A text that {@code rule} accepts. */
  public static ConfigDef.Validator text(Predicate<String> rule, String sentence) {
    return new SentenceValidator(
        value -> value instanceof String text && rule.test(text), sentence, true);
  }

  /** A list of texts that {@code rule} accepts each. */
  public static ConfigDef.Validator list(Predicate<String> rule, String sentence) {
    return new SentenceValidator(
        value ->
            value instanceof List<?> texts
                && texts.stream().allMatch(text -> rule.test(String.valueOf(text))),
        sentence,
        true);
  }

  /** A number within bounds, which belong to it. */
  public static ConfigDef.Validator between(long least, long most) {
    return new RangeValidator(least, most);
  }

  /** One of an enum's names, in lower case. */
  public static <E extends Enum<E>> ConfigDef.Validator oneOf(Class<E> type) {
    return ConfigDef.ValidString.in(names(type).toArray(String[]::new));
  }

  /** A list of some of an enum's names, in lower case, none twice; may be empty. */
  public static <E extends Enum<E>> ConfigDef.Validator someOf(Class<E> type) {
    List<String> names = names(type);
    return new SentenceValidator(
        value ->
            value instanceof List<?> list
                && names.containsAll(list)
                && list.stream().distinct().count() == list.size(),
        "It has to be a list of some of " + String.join(", ", names) + ", none twice, or empty.",
        true);
  }

  /** The names of an enum as they stand in a configuration. */
  public static <E extends Enum<E>> List<String> names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** The constant that a checked setting names. */
  public static <E extends Enum<E>> E parse(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }

  /** Whether a text is an id as Bird gives them. */
  public static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isHttpUrl(String text) {
    try {
      URI uri = URI.create(text);
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private record SentenceValidator(Predicate<Object> rule, String sentence, boolean showValue)
      implements ConfigDef.Validator {

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value != null && !rule.test(value)) {
        throw new ConfigException(name, isShown(value) ? value : "[hidden]", sentence);
      }
    }

    /** What has an at sign may be an address with a password in it. */
    private boolean isShown(Object value) {
      return showValue && value.toString().indexOf('@') < 0;
    }

    @Override
    public String toString() {
      return sentence;
    }
  }

  private record RangeValidator(long least, long most) implements ConfigDef.Validator {

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value instanceof Number number
          && (number.longValue() < least || number.longValue() > most)) {
        throw new ConfigException(
            name, value, "It has to be at least " + least + " and no more than " + most + ".");
      }
    }

    @Override
    public String toString() {
      return "[" + least + ",...," + most + "]";
    }
  }
}

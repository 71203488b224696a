package dev.birdconnect.simulator.switches;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A setting of every switch. Immutable. */
public final class SwitchValues {
  private static final SwitchValues DEFAULTS =
      new SwitchValues(defaultChoices(), defaultDurations());

  private final Set<Choice> chosen;
  private final Map<Switch, Duration> durations;

  private SwitchValues(Set<Choice> chosen, Map<Switch, Duration> durations) {
    this.chosen = chosen;
    this.durations = durations;
  }

  /** Every switch at its default. */
  public static SwitchValues defaults() {
    return DEFAULTS;
  }

  /** Whether the switch of this choice is set to it. */
  public boolean has(Choice choice) {
    return chosen.contains(choice);
  }

  /** What a switch that takes a duration is set to. */
  public Duration duration(Switch of) {
    Duration set = durations.get(of);
    if (set == null) {
      throw new IllegalArgumentException("The switch " + of.wireName() + " takes no duration.");
    }
    return set;
  }

  /** What a switch that takes a duration is set to, in milliseconds. */
  public long millis(Switch of) {
    return duration(of).toMillis();
  }

  /** The same with this choice. */
  public SwitchValues with(Choice choice) {
    EnumSet<Choice> changed = EnumSet.copyOf(chosen);
    changed.removeIf(c -> c.of() == choice.of());
    changed.add(choice);
    return new SwitchValues(Collections.unmodifiableSet(changed), durations);
  }

  /**
   * The same with this duration.
   *
   * @throws IllegalArgumentException when the switch takes none, or not this one
   */
  public SwitchValues with(Switch of, Duration duration) {
    DurationRange range =
        of.range()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The switch " + of.wireName() + " takes no duration."));
    if (!range.contains(duration)) {
      throw refused(of, duration.toString());
    }
    EnumMap<Switch, Duration> changed = new EnumMap<>(durations);
    changed.put(of, duration);
    return new SwitchValues(chosen, Collections.unmodifiableMap(changed));
  }

  /**
   * The same with what this text stands for.
   *
   * @throws IllegalArgumentException when there is no such switch, or it does not take the text;
   *     the message is a sentence for the user
   */
  public SwitchValues with(String name, String text) {
    Switch of =
        Switch.named(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no switch \"" + name + "\"; --help lists them."));
    if (of.range().isPresent()) {
      return with(of, of.range().get().read(text).orElseThrow(() -> refused(of, text)));
    }
    return with(
        of.choices().stream()
            .filter(choice -> choice.wireName().equals(text))
            .findFirst()
            .orElseThrow(() -> refused(of, text)));
  }

  /** What the switch is set to, as text. */
  public String text(Switch of) {
    return of.range()
        .map(range -> range.write(duration(of)))
        .orElseGet(
            () -> of.choices().stream().filter(this::has).findFirst().orElseThrow().wireName());
  }

  private static IllegalArgumentException refused(Switch of, String text) {
    return new IllegalArgumentException(
        "The switch "
            + of.wireName()
            + " does not take \""
            + text
            + "\". It takes: "
            + of.range()
                .map(DurationRange::meaning)
                .orElseGet(
                    () ->
                        of.choices().stream()
                            .map(Choice::wireName)
                            .collect(Collectors.joining(", ", "", "."))));
  }

  private static Set<Choice> defaultChoices() {
    EnumSet<Choice> defaults = EnumSet.noneOf(Choice.class);
    for (Switch of : Switch.values()) {
      of.choices().stream().findFirst().ifPresent(defaults::add);
    }
    return Collections.unmodifiableSet(defaults);
  }

  private static Map<Switch, Duration> defaultDurations() {
    EnumMap<Switch, Duration> defaults = new EnumMap<>(Switch.class);
    for (Switch of : Switch.values()) {
      of.range().ifPresent(range -> defaults.put(of, range.byDefault()));
    }
    return Collections.unmodifiableMap(defaults);
  }

  @Override
  public boolean equals(Object other) {
    // Asked on every request, nearly always with the same object.
    return this == other
        || (other instanceof SwitchValues values
            && chosen.equals(values.chosen)
            && durations.equals(values.durations));
  }

  @Override
  public int hashCode() {
    return 31 * chosen.hashCode() + durations.hashCode();
  }

  /** The switches that are not at their default. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("SwitchValues[");
    for (Switch of : Switch.values()) {
      if (!text(of).equals(of.defaultText())) {
        text.append(of.wireName()).append('=').append(text(of)).append(' ');
      }
    }
    return text.toString().trim() + "]";
  }
}

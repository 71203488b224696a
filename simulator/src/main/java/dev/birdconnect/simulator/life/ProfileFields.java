package dev.birdconnect.simulator.life;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A profile as users write it: every field may be left out. Delays are in milliseconds. */
public record ProfileFields(
    @Nullable Long processingAfterMillis,
    @Nullable Long sentAfterMillis,
    @Nullable Long deliveredAfterMillis,
    @Nullable Double spread,
    @Nullable Double rejectedShare,
    @Nullable Double skippedShare,
    @Nullable Double sendingFailedShare,
    @Nullable Double deliveryFailedShare,
    @Nullable Boolean receipts,
    @Nullable Integer ratePerSecond,
    @Nullable List<Interaction> interactions) {
  private static final Duration USUAL_INTERACTION = Duration.ofSeconds(30);

  /** What receivers do with a share of the delivered messages. */
  public record Interaction(
      @Nullable String type, @Nullable Double share, @Nullable Long afterMillis) {
    private Habit habit() {
      return new Habit(
          Optional.ofNullable(type).orElse(""),
          number(share),
          millis(afterMillis, USUAL_INTERACTION));
    }
  }

  /**
   * The profile; fields left out are those of {@link LifeProfile#steady()}.
   *
   * @throws IllegalArgumentException when the fields do not fit together
   */
  public LifeProfile profile() {
    Pace steady = LifeProfile.steady().pace();
    return new LifeProfile(
        new Pace(
            millis(processingAfterMillis, steady.processingAfter()),
            millis(sentAfterMillis, steady.sentAfter()),
            millis(deliveredAfterMillis, steady.deliveredAfter()),
            number(spread)),
        new FailureShares(
            number(rejectedShare),
            number(skippedShare),
            number(sendingFailedShare),
            number(deliveryFailedShare)),
        Optional.ofNullable(receipts).orElse(true),
        ratePerSecond == null ? OptionalInt.empty() : OptionalInt.of(ratePerSecond),
        interactions == null ? List.of() : interactions.stream().map(Interaction::habit).toList());
  }

  private static double number(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private static Duration millis(@Nullable Long millis, Duration otherwise) {
    return millis == null ? otherwise : Duration.ofMillis(millis);
  }
}

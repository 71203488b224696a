package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Which messages a list shows: the visible ones, less what filters leave out (5 and 20). */
final class MessageFilter {
  private static final Duration LONGEST_RANGE = Duration.ofDays(7);

  private MessageFilter() {}

  static Predicate<StoredMessage> of(Call call, long nowMillis) throws RefusedException {
    SwitchValues switches = call.switches();
    Map<String, String> query = call.query();
    Predicate<StoredMessage> shown = message -> message.isListed(nowMillis, switches);
    String batch = query.get("batchId");
    if (batch != null && switches.has(Choice.BATCH_FILTER_APPLIED)) {
      Optional<UUID> wanted = Optional.of(UUID.fromString(batch));
      shown = shown.and(message -> message.batch().equals(wanted));
    }
    return switches.has(Choice.FILTERS_APPLIED) ? shown.and(filters(query, nowMillis)) : shown;
  }

  private static Predicate<StoredMessage> filters(Map<String, String> query, long nowMillis)
      throws RefusedException {
    Optional<Long> start = time(query.get("startAt"));
    Optional<Long> end = time(query.get("endAt"));
    if (start.isPresent()
        && end.isPresent()
        && end.get() - start.get() > LONGEST_RANGE.toMillis()) {
      throw new RefusedException(Errors.of(400, "The time range is longer than 7 days"));
    }
    Optional<String> status = Optional.ofNullable(query.get("status"));
    Optional<Boolean> incoming =
        Optional.ofNullable(query.get("direction")).map("incoming"::equals);
    Optional<String> phone = Optional.ofNullable(query.get("phonenumber"));
    return message -> {
      long createdAt = message.position().createdAtMillis();
      return start.map(at -> createdAt >= at).orElse(true)
          && end.map(at -> createdAt < at).orElse(true)
          && status.map(message.stepAt(nowMillis).status().wireName()::equals).orElse(true)
          && incoming.map(wanted -> wanted == message.isIncoming()).orElse(true)
          && phone.map(message.receiver()::equals).orElse(true);
    };
  }

  private static Optional<Long> time(@org.jspecify.annotations.Nullable String text) {
    return Optional.ofNullable(text)
        .map(t -> OffsetDateTime.parse(t.toUpperCase(Locale.ROOT)).toInstant().toEpochMilli());
  }
}

package dev.birdconnect.simulator.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which requests meet a fault, and which one. Made by a factory, then narrowed:
 *
 * <pre>{@code
 * FaultRule.doneThenReset().next(3).onChannel(channelId).onReference("bk1:orders:.*")
 * FaultRule.unavailable().withProbability(0.1, 42)
 * }</pre>
 *
 * @param kind what goes wrong
 * @param status HTTP status of the error, for the kinds that answer one
 * @param retryAfter header of the error
 * @param atLeast shortest latency, or the listing delay
 * @param atMost longest latency
 * @param probability share of matching requests that meet it, 0 to 1
 * @param seed of the draws for probability and latency
 * @param count how many requests may meet it; without it, any number
 * @param channel only requests on this channel
 * @param reference only sends whose whole reference matches
 * @param method only requests of this HTTP method
 */
public record FaultRule(
    FaultKind kind,
    int status,
    RetryAfter retryAfter,
    Duration atLeast,
    Duration atMost,
    double probability,
    long seed,
    OptionalInt count,
    Optional<UUID> channel,
    Optional<Pattern> reference,
    Optional<String> method) {

  /** Refuses ranges and shares that are none. */
  public FaultRule {
    if (atLeast.isNegative() || atMost.compareTo(atLeast) < 0) {
      throw new IllegalArgumentException(
          "A fault's times must not be negative and the longest not below the shortest.");
    }
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("A fault's probability must be from 0 to 1.");
    }
    if (count.isPresent() && count.getAsInt() < 1) {
      throw new IllegalArgumentException("A fault's count must be at least 1.");
    }
    if ((kind == FaultKind.ANSWER || kind == FaultKind.DONE_THEN_ANSWER)
        && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("A fault's status must be from 400 to 599.");
    }
  }

  private static FaultRule of(FaultKind kind, int status, Duration atLeast, Duration atMost) {
    return new FaultRule(
        kind,
        status,
        new RetryAfter.None(),
        atLeast,
        atMost,
        1,
        0,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Every answer this much later. */
  public static FaultRule latency(Duration fixed) {
    return latency(fixed, fixed);
  }

  /** Every answer later by a time drawn evenly from the range. */
  public static FaultRule latency(Duration atLeast, Duration atMost) {
    return of(FaultKind.LATENCY, 0, atLeast, atMost);
  }

  /** 429, nothing done. */
  public static FaultRule tooManyRequests() {
    return answer(429);
  }

  /** 503, nothing done. */
  public static FaultRule unavailable() {
    return answer(503);
  }

  /** An error of this status, nothing done. */
  public static FaultRule answer(int status) {
    return of(FaultKind.ANSWER, status, Duration.ZERO, Duration.ZERO);
  }

  /** The message is made, then 500 is answered. */
  public static FaultRule doneThenError() {
    return of(FaultKind.DONE_THEN_ANSWER, 500, Duration.ZERO, Duration.ZERO);
  }

  /** The message is made, then the connection is reset. */
  public static FaultRule doneThenReset() {
    return of(FaultKind.DONE_THEN_RESET, 0, Duration.ZERO, Duration.ZERO);
  }

  /** The connection is reset, nothing done. */
  public static FaultRule reset() {
    return of(FaultKind.RESET, 0, Duration.ZERO, Duration.ZERO);
  }

  /** No answer ever, nothing done. */
  public static FaultRule hang() {
    return of(FaultKind.HANG, 0, Duration.ZERO, Duration.ZERO);
  }

  /** The message is made, no answer ever. */
  public static FaultRule doneThenHang() {
    return of(FaultKind.DONE_THEN_HANG, 0, Duration.ZERO, Duration.ZERO);
  }

  /** Messages made from now on are not shown for this long. */
  public static FaultRule listingDelay(Duration delay) {
    return of(FaultKind.LISTING_DELAY, 0, delay, delay);
  }

  /** Only the next so many matching requests. */
  public FaultRule next(int requests) {
    return new FaultRule(
        kind,
        status,
        retryAfter,
        atLeast,
        atMost,
        probability,
        seed,
        OptionalInt.of(requests),
        channel,
        reference,
        method);
  }

  /** Only this share of matching requests, drawn with this seed. */
  public FaultRule withProbability(double share, long drawSeed) {
    return new FaultRule(
        kind,
        status,
        retryAfter,
        atLeast,
        atMost,
        share,
        drawSeed,
        count,
        channel,
        reference,
        method);
  }

  /** Only requests on this channel. */
  public FaultRule onChannel(UUID channelId) {
    return new FaultRule(
        kind,
        status,
        retryAfter,
        atLeast,
        atMost,
        probability,
        seed,
        count,
        Optional.of(channelId),
        reference,
        method);
  }

  /** Only sends whose whole reference matches this regular expression. */
  public FaultRule onReference(String regex) {
    return new FaultRule(
        kind,
        status,
        retryAfter,
        atLeast,
        atMost,
        probability,
        seed,
        count,
        channel,
        Optional.of(Pattern.compile(regex)),
        method);
  }

  /** Only requests of this HTTP method. */
  public FaultRule onMethod(String httpMethod) {
    return new FaultRule(
        kind,
        status,
        retryAfter,
        atLeast,
        atMost,
        probability,
        seed,
        count,
        channel,
        reference,
        Optional.of(httpMethod.toUpperCase(Locale.ROOT)));
  }

  /** The error with {@code Retry-After} in seconds. */
  public FaultRule retryAfterSeconds(long seconds) {
    return withRetryAfter(new RetryAfter.Seconds(seconds));
  }

  /** The error with {@code Retry-After} as a date this far ahead of the server's time. */
  public FaultRule retryAfterDate(Duration ahead) {
    return withRetryAfter(new RetryAfter.Date(ahead));
  }

  private FaultRule withRetryAfter(RetryAfter header) {
    return new FaultRule(
        kind,
        status,
        header,
        atLeast,
        atMost,
        probability,
        seed,
        count,
        channel,
        reference,
        method);
  }

  /** Whether this rule speaks of such requests at all. */
  boolean matches(RequestFacts facts) {
    return channel.map(c -> facts.channel().filter(c::equals).isPresent()).orElse(true)
        && method.map(m -> m.equals(facts.method())).orElse(true)
        && reference
            .map(r -> facts.reference().filter(text -> r.matcher(text).matches()).isPresent())
            .orElse(true);
  }
}

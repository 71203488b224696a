package dev.birdconnect.simulator.fault;

import dev.birdconnect.simulator.fault.Fault.ErrorBody;
import dev.birdconnect.simulator.fault.Fault.Spoiling;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Which requests meet a fault, and which one. Made by a factory, then narrowed:
 *
 * <pre>{@code
 * FaultRule.doneThenReset().next(3).onChannel(channelId).onReference("bk1:orders:.*")
 * FaultRule.unavailable().withProbability(0.1, 42)
 * }</pre>
 *
 * @param fault what goes wrong
 * @param matching of which requests it speaks
 * @param probability share of these that meet it, 0 to 1
 * @param seed of the draws for probability and times
 * @param count how many requests may meet it; without it, any number
 */
public record FaultRule(
    Fault fault, Matching matching, double probability, long seed, OptionalInt count) {

  /** Refuses shares and counts that are none. */
  public FaultRule {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("A fault's probability must be from 0 to 1.");
    }
    if (count.isPresent() && count.getAsInt() < 1) {
      throw new IllegalArgumentException("A fault's count must be at least 1.");
    }
  }

  /** This fault for all requests. */
  public static FaultRule of(Fault fault) {
    return new FaultRule(fault, Matching.ALL, 1, 0, OptionalInt.empty());
  }

  /** Every answer this much later. */
  public static FaultRule latency(Duration fixed) {
    return of(new Fault.Latency(Quantiles.fixed(fixed)));
  }

  /** Every answer later by a time drawn evenly from the range. */
  public static FaultRule latency(Duration atLeast, Duration atMost) {
    return of(new Fault.Latency(Quantiles.range(atLeast, atMost)));
  }

  /** Every answer later by a time drawn by percentiles, such as 50, 95 and 99. */
  public static FaultRule latency(Map<Double, Duration> percentiles) {
    return of(new Fault.Latency(Quantiles.percentiles(percentiles)));
  }

  /** 429, nothing done. */
  public static FaultRule tooManyRequests() {
    return answer(429);
  }

  /** Matching requests above this rate are answered 429; a second's worth may come at once. */
  public static FaultRule rateLimit(double perSecond) {
    return rateLimit(perSecond, (int) Math.max(1, Math.round(perSecond)));
  }

  /** Matching requests above this rate are answered 429; so many may come at once. */
  public static FaultRule rateLimit(double perSecond, int burst) {
    return of(new Fault.RateLimit(perSecond, burst, new RetryAfter.None()));
  }

  /** 503, nothing done. */
  public static FaultRule unavailable() {
    return answer(503);
  }

  /** An error of this status, nothing done. */
  public static FaultRule answer(int status) {
    return of(new Fault.ErrorAnswer(false, status, ErrorBody.JSON, new RetryAfter.None()));
  }

  /** The message is made, then 500 is answered. */
  public static FaultRule doneThenError() {
    return of(new Fault.ErrorAnswer(true, 500, ErrorBody.JSON, new RetryAfter.None()));
  }

  /** The message is made, then the connection is reset before the first byte of the answer. */
  public static FaultRule doneThenReset() {
    return of(new Fault.Reset(true));
  }

  /** The connection is reset, nothing done. */
  public static FaultRule reset() {
    return of(new Fault.Reset(false));
  }

  /** The message is made, then the connection is reset in the middle of the answer. */
  public static FaultRule resetInAnswer() {
    return of(new Fault.ResetInAnswer());
  }

  /** No answer ever, nothing done. */
  public static FaultRule hang() {
    return of(new Fault.Hang(false));
  }

  /** The message is made, no answer ever. */
  public static FaultRule doneThenHang() {
    return of(new Fault.Hang(true));
  }

  /** The request is carried out, and its answer is spoilt. */
  public static FaultRule spoilt(Spoiling how) {
    return of(new Fault.SpoiltAnswer(how));
  }

  /** Messages made from now on are not shown for this long. */
  public static FaultRule listingDelay(Duration delay) {
    return of(new Fault.ListingDelay(Quantiles.fixed(delay)));
  }

  /** Messages made from now on are not listed for this long; reads show them at once. */
  public static FaultRule lateArrival(Duration delay) {
    return of(new Fault.LateArrival(Quantiles.fixed(delay)));
  }

  /** Only the next so many matching requests. */
  public FaultRule next(int requests) {
    return new FaultRule(fault, matching, probability, seed, OptionalInt.of(requests));
  }

  /** Only this share of matching requests, drawn with this seed. */
  public FaultRule withProbability(double share, long drawSeed) {
    return new FaultRule(fault, matching, share, drawSeed, count);
  }

  /** Only requests on this channel. */
  public FaultRule onChannel(UUID channelId) {
    return matching(matching.onChannel(channelId));
  }

  /**
   * Only sends whose whole reference matches this regular expression, and batches with such a send.
   */
  public FaultRule onReference(String regex) {
    return matching(matching.onReference(regex));
  }

  /** Only requests of this HTTP method. */
  public FaultRule onMethod(String httpMethod) {
    return matching(matching.onMethod(httpMethod));
  }

  /** Only requests of this operation. */
  public FaultRule onCall(ApiCall call) {
    return matching(matching.onCall(call));
  }

  /** The error with {@code Retry-After} in seconds. */
  public FaultRule retryAfterSeconds(long seconds) {
    return withRetryAfter(new RetryAfter.Seconds(seconds));
  }

  /** The error with {@code Retry-After} as a date this far ahead of the server's time. */
  public FaultRule retryAfterDate(Duration ahead) {
    return withRetryAfter(new RetryAfter.Date(ahead));
  }

  /** The error with a body of this form. */
  public FaultRule withBody(ErrorBody body) {
    if (fault instanceof Fault.ErrorAnswer error) {
      return with(new Fault.ErrorAnswer(error.done(), error.status(), body, error.retryAfter()));
    }
    throw new IllegalArgumentException("Only a fault that answers an error has a body.");
  }

  private FaultRule withRetryAfter(RetryAfter header) {
    if (fault instanceof Fault.ErrorAnswer error) {
      return with(new Fault.ErrorAnswer(error.done(), error.status(), error.body(), header));
    }
    if (fault instanceof Fault.RateLimit limit) {
      return with(new Fault.RateLimit(limit.perSecond(), limit.burst(), header));
    }
    throw new IllegalArgumentException("Only a fault that answers an error has Retry-After.");
  }

  private FaultRule with(Fault other) {
    return new FaultRule(other, matching, probability, seed, count);
  }

  private FaultRule matching(Matching narrower) {
    return new FaultRule(fault, narrower, probability, seed, count);
  }
}

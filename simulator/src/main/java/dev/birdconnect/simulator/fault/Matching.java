package dev.birdconnect.simulator.fault;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Of which requests a rule speaks; what is left empty matches all.
 *
 * @param channel only requests on this channel
 * @param reference only sends whose whole reference matches, and batches with such a send
 * @param method only requests of this HTTP method, in capitals
 * @param call only requests of this operation
 */
public record Matching(
    Optional<UUID> channel,
    Optional<Pattern> reference,
    Optional<String> method,
    Optional<ApiCall> call) {

  /** All requests. */
  public static final Matching ALL =
      new Matching(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  Matching onChannel(UUID channelId) {
    return new Matching(Optional.of(channelId), reference, method, call);
  }

  Matching onReference(String regex) {
    return new Matching(channel, Optional.of(Pattern.compile(regex)), method, call);
  }

  Matching onMethod(String httpMethod) {
    return new Matching(channel, reference, Optional.of(httpMethod.toUpperCase(Locale.ROOT)), call);
  }

  Matching onCall(ApiCall apiCall) {
    return new Matching(channel, reference, method, Optional.of(apiCall));
  }

  boolean covers(RequestFacts facts) {
    return channel.map(c -> facts.channel().filter(c::equals).isPresent()).orElse(true)
        && method.map(m -> m.equals(facts.method())).orElse(true)
        && call.map(c -> facts.call().filter(c::equals).isPresent()).orElse(true)
        && reference
            .map(r -> facts.references().stream().anyMatch(text -> r.matcher(text).matches()))
            .orElse(true);
  }
}

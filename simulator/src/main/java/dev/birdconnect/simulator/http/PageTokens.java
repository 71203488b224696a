package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.store.Position;
import dev.birdconnect.simulator.store.Times;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Page tokens: base64 of a JSON pair of creation time and id (assumption 2). */
final class PageTokens {
  private static final Pattern PAIR =
      Pattern.compile("\\[\"([^\"]{20,40})\",\"([0-9a-f-]{36})\"\\]");

  private PageTokens() {}

  static String write(Position position) {
    String pair = "[\"" + Times.text(position.createdAtMillis()) + "\",\"" + position.id() + "\"]";
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<Position> read(Optional<String> token) throws RefusedException {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    try {
      Matcher pair =
          PAIR.matcher(
              new String(Base64.getUrlDecoder().decode(token.get()), StandardCharsets.UTF_8));
      if (pair.matches()) {
        return Optional.of(
            new Position(
                Instant.parse(pair.group(1)).toEpochMilli(), UUID.fromString(pair.group(2))));
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Not one of ours: refused below like any other text.
    }
    throw new RefusedException(
        Errors.invalidParameters(Complaints.of(".pageToken", "the page token cannot be read")));
  }
}

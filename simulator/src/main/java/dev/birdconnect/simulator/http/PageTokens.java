package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Complaints;
import dev.birdconnect.simulator.store.Position;
import dev.birdconnect.simulator.store.Times;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Page tokens: base64 of a JSON array that starts with creation time and id, or with an offset,
 * then holds when it was made and with which parameters (assumptions 2 and 3).
 */
final class PageTokens {
  private static final Pattern POSITION =
      Pattern.compile(
          "\\[\"([^\"]{20,40})\",\"([0-9a-f-]{36})\",([0-9]{1,15}),\"([0-9a-f]{1,8})\"\\]");
  private static final Pattern OFFSET =
      Pattern.compile("\\[([0-9]{1,9}),([0-9]{1,15}),\"([0-9a-f]{1,8})\"\\]");

  /**
   * Where a page starts.
   *
   * @param after the place of the last result of the page before
   * @param passedOver how many results come before the page
   */
  record Start(Optional<Position> after, int passedOver) {
    static final Start HEAD = new Start(Optional.empty(), 0);
  }

  private final Clock clock;

  PageTokens(Clock clock) {
    this.clock = clock;
  }

  /** The token of the page that follows one. */
  String next(Call call, Start start, int results, Position last) {
    String rest = clock.millis() + ",\"" + parameters(call) + "\"]";
    String text =
        call.switches().has(Choice.OFFSET_TOKEN)
            ? "[" + (start.passedOver() + results) + "," + rest
            : "[\"" + Times.text(last.createdAtMillis()) + "\",\"" + last.id() + "\"," + rest;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Where the page of this call starts. */
  Start start(Call call) throws RefusedException {
    String token = call.query().get("pageToken");
    if (token == null) {
      return Start.HEAD;
    }
    return read(call, token).orElseThrow(() -> new RefusedException(unreadable(call.switches())));
  }

  private Optional<Start> read(Call call, String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      Matcher position = POSITION.matcher(text);
      if (position.matches()) {
        return usable(call, position.group(3), position.group(4))
            ? Optional.of(
                new Start(
                    Optional.of(
                        new Position(
                            Instant.parse(position.group(1)).toEpochMilli(),
                            UUID.fromString(position.group(2)))),
                    0))
            : Optional.empty();
      }
      Matcher offset = OFFSET.matcher(text);
      if (offset.matches() && usable(call, offset.group(2), offset.group(3))) {
        return Optional.of(new Start(Optional.empty(), Integer.parseInt(offset.group(1))));
      }
      return Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private boolean usable(Call call, String madeAtMillis, String parameters) {
    long life = call.switches().millis(Switch.PAGE_TOKEN_LIFE);
    return (life == 0 || clock.millis() - Long.parseLong(madeAtMillis) <= life)
        && (call.switches().has(Choice.TOKEN_IS_A_POSITION) || parameters.equals(parameters(call)));
  }

  /** Everything that decides what the list is, in short. */
  private static String parameters(Call call) {
    TreeMap<String, String> query = new TreeMap<>(call.query());
    query.remove("pageToken");
    query.remove("limit");
    query.putIfAbsent("reverse", "false");
    return Integer.toHexString(query.hashCode());
  }

  private static Answer unreadable(SwitchValues switches) {
    return switches.has(Choice.BAD_TOKEN_400)
        ? Errors.of(400, "The page token cannot be read")
        : Errors.invalidParameters(Complaints.of(".pageToken", "the page token cannot be read"));
  }
}

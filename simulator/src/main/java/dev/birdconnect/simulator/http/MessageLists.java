package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.JsonBytes;
import dev.birdconnect.simulator.store.StoredMessage;
import dev.birdconnect.simulator.switches.Choice;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The lists of messages. */
final class MessageLists {
  private static final int ROOM_PER_MESSAGE = 1024;

  private final Clock clock;
  private final PageTokens tokens;

  MessageLists(Clock clock) {
    this.clock = clock;
    this.tokens = new PageTokens(clock);
  }

  Operation ofChannel() {
    return call -> list(call, List.of(call.channel()));
  }

  Operation ofWorkspace() {
    return call -> {
      if (call.switches().has(Choice.WORKSPACE_LIST_MISSING)) {
        throw new RefusedException(Errors.notFound("resource"));
      }
      return list(call, List.copyOf(call.workspace().channels()));
    };
  }

  private Answer list(Call call, List<Channel> channels) throws RefusedException {
    QueryChecks.check(call);
    int limit =
        Optional.ofNullable(call.query().get("limit"))
            .map(Integer::parseInt)
            .orElseGet(() -> call.contract().defaultOf("limit"));
    boolean reverse = Boolean.parseBoolean(call.query().getOrDefault("reverse", "false"));
    boolean newestFirst = call.switches().has(Choice.NEWEST_FIRST) != reverse;
    PageTokens.Start start = tokens.start(call);
    long now = clock.millis();
    Predicate<StoredMessage> shown = MessageFilter.of(call, now);
    List<StoredMessage> found = page(channels, start, newestFirst, shown, limit + 1);
    boolean more = found.size() > limit;
    List<StoredMessage> page = more ? found.subList(0, limit) : found;

    JsonBytes out = new JsonBytes(64 + page.size() * ROOM_PER_MESSAGE);
    out.append("{\"results\":[");
    boolean first = true;
    for (StoredMessage message : page) {
      if (!first) {
        out.append(',');
      }
      first = false;
      message.write(now, call.switches(), out);
    }
    out.append(']');
    if (more) {
      String token = tokens.next(call, start, limit, page.get(page.size() - 1).position());
      out.append(",\"nextPageToken\":\"").append(token).append('"');
    }
    out.append('}');
    return Answer.json(200, out.toByteArray());
  }

  private static List<StoredMessage> page(
      List<Channel> channels,
      PageTokens.Start start,
      boolean newestFirst,
      Predicate<StoredMessage> shown,
      int size) {
    int wanted = start.passedOver() + size;
    List<StoredMessage> found;
    if (channels.size() == 1) {
      found = channels.get(0).page(start.after(), newestFirst, shown, wanted);
    } else {
      Comparator<StoredMessage> oldestFirst = Comparator.comparing(StoredMessage::position);
      found =
          channels.stream()
              .flatMap(channel -> channel.page(start.after(), newestFirst, shown, wanted).stream())
              .sorted(newestFirst ? oldestFirst.reversed() : oldestFirst)
              .limit(wanted)
              .toList();
    }
    return start.passedOver() == 0
        ? found
        : found.subList(Math.min(start.passedOver(), found.size()), found.size());
  }
}

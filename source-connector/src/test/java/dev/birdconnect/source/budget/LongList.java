package dev.birdconnect.source.budget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ListQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * A channel with a million messages, none of which is kept: a message's creation follows from its
 * number, and only what is not delivered within moments is noted. New ones go on coming.
 */
final class LongList {

  private static final JsonNode NO_OTHER_FIELDS = JsonNodeFactory.instance.objectNode();
  private static final Duration USUAL_DELIVERY = Duration.ofSeconds(4);

  private final int channel;
  private final String channelId;
  private final Instant first;
  private final Duration apart;
  private final Random random;
  private final DeliveryTimes times;
  private final Map<Integer, Instant> deliveredAt = new HashMap<>();
  private int drawn;

  /**
   * @param channel number of the channel
   * @param channelId its id
   * @param count messages at the start
   * @param start the present
   * @param times how long deliveries take; the list is as long as messages may be open
   * @param random decides which messages are delivered when
   */
  LongList(
      int channel, String channelId, int count, Instant start, DeliveryTimes times, Random random) {
    this.channel = channel;
    this.channelId = channelId;
    this.apart = times.longest().dividedBy(count);
    this.first = start.minus(apart.multipliedBy(count - 1L));
    this.times = times;
    this.random = random;
    draw(count);
  }

  private void draw(int count) {
    for (; drawn < count; drawn++) {
      Duration taken = times.next(random);
      if (taken.compareTo(USUAL_DELIVERY) > 0) {
        deliveredAt.put(drawn, createdAt(drawn).plus(taken));
      }
    }
  }

  Instant createdAt(int number) {
    return first.plus(apart.multipliedBy(number));
  }

  /** Messages there are at a time. */
  int count(Instant now) {
    int count = (int) Duration.between(first, now).dividedBy(apart) + 1;
    draw(count);
    return count;
  }

  /** When a message is delivered. */
  Instant deliveredAt(int number) {
    Instant noted = deliveredAt.get(number);
    return noted == null ? createdAt(number).plus(USUAL_DELIVERY) : noted;
  }

  /** The messages that are open at a time, oldest first. */
  List<Integer> open(Instant now) {
    int count = count(now);
    return deliveredAt.entrySet().stream()
        .filter(entry -> entry.getKey() < count && entry.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  String id(int number) {
    return new UUID(channel, number).toString();
  }

  int number(String id) {
    return (int) UUID.fromString(id).getLeastSignificantBits();
  }

  Message message(int number, Instant now) {
    Instant delivered = deliveredAt(number);
    Instant createdAt = createdAt(number);
    boolean isOpen = delivered.isAfter(now);
    return new Message(
        id(number),
        channelId,
        isOpen ? MessageStatus.SENT : MessageStatus.DELIVERED,
        createdAt,
        isOpen ? createdAt : delivered,
        NO_OTHER_FIELDS);
  }

  /** A page; tokens are positions, and the newest message comes first. */
  MessagePage page(ListQuery query, Instant now) {
    int count = count(now);
    int step = query.reverse() ? 1 : -1;
    int from = query.pageToken().map(Integer::parseInt).orElse(query.reverse() ? -1 : count);
    List<Message> page = new ArrayList<>();
    int last = from;
    for (int i = from + step; i >= 0 && i < count && page.size() < query.limit(); i += step) {
      page.add(message(i, now));
      last = i;
    }
    boolean more = query.reverse() ? last < count - 1 : last > 0;
    return new MessagePage(
        page, List.of(), more ? Optional.of(Integer.toString(last)) : Optional.empty());
  }
}

package dev.birdconnect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.sink.position.RecordPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API's end of the model: the messages made, which its lists show a little later. */
final class ModelApi {

  private static final Instant START = Instant.parse("2031-03-01T13:00:00Z");

  private record InList(Message message, long rank, long visibleFrom) {}

  private final int pageSize;
  private final Map<ChannelAddress, List<InList>> lists = new HashMap<>();
  private final Map<RecordPosition, Integer> made = new HashMap<>();
  private final Map<List<Object>, Long> newestOfKey = new HashMap<>();
  private long messages;

  /**
   * @param pageSize messages on a page
   */
  ModelApi(int pageSize) {
    this.pageSize = pageSize;
  }

  /** The server's clock, which is not the worker's. */
  static Instant time(long now) {
    return START.plusNanos(now);
  }

  /** Makes the message of a send; fails when it is there already, or a later one of its key is. */
  void make(Send<String> send, long now, long visibleFrom) {
    RecordPosition position = send.position();
    assertThat(made.merge(position, 1, Integer::sum)).as("messages of %s", position).isEqualTo(1);
    Long before =
        newestOfKey.put(
            List.of(position.partition(), send.orderKey().orElseThrow()), position.offset());
    assertThat(before == null || before < position.offset())
        .as("%s after %s", position, before)
        .isTrue();
    messages++;
    Message message =
        new Message(
            "m" + messages,
            send.address().channelId(),
            new MessageStatus("accepted"),
            time(now),
            time(now),
            JsonNodeFactory.instance.objectNode().put("reference", send.reference()));
    lists
        .computeIfAbsent(send.address(), absent -> new ArrayList<>())
        .add(new InList(message, messages, visibleFrom));
  }

  /** How many messages were made of a record. */
  int made(RecordPosition position) {
    return made.getOrDefault(position, 0);
  }

  /** A page, newest first; its token is the rank of the last message that it shows. */
  MessagePage page(ChannelAddress address, ListQuery query, long now) {
    long below = query.pageToken().map(Long::parseLong).orElse(Long.MAX_VALUE);
    List<InList> results =
        lists.getOrDefault(address, List.of()).stream()
            .filter(one -> one.visibleFrom() <= now && one.rank() < below)
            .sorted(Comparator.comparingLong(InList::rank).reversed())
            .limit(pageSize)
            .toList();
    return new MessagePage(
        results.stream().map(InList::message).toList(),
        results.size() < pageSize
            ? Optional.empty()
            : Optional.of(Long.toString(results.get(pageSize - 1).rank())));
  }
}

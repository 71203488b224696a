package dev.birdconnect.source.interaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.message.ContactFacts;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Interactions of messages, answered when the test says so. */
final class FakeInteractions implements LookupApi {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, ArrayNode> interactions = new HashMap<>();
  private final List<Call> waiting = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private Optional<ReadOutcome<InteractionList>> instead = Optional.empty();

  private static final class Call implements ApiCall<ReadOutcome<InteractionList>> {

    private final String messageId;
    private final CompletableFuture<ReadOutcome<InteractionList>> outcome =
        new CompletableFuture<>();

    private Call(String messageId) {
      this.messageId = messageId;
    }

    @Override
    public void cancel() {}

    @Override
    public CompletionStage<ReadOutcome<InteractionList>> outcome() {
      return outcome;
    }
  }

  void interact(String messageId, JsonNode interaction) {
    interactions.computeIfAbsent(messageId, id -> MAPPER.createArrayNode()).add(interaction);
  }

  /** An interaction with an id of its own. */
  void interact(String messageId, String type, String id) {
    interact(
        messageId,
        MAPPER
            .createObjectNode()
            .put("id", id)
            .put("type", type)
            .put("createdAt", "2031-03-01T13:05:00Z"));
  }

  /** What every read ends with until told otherwise; empty for the interactions. */
  void answerWith(Optional<ReadOutcome<InteractionList>> outcome) {
    instead = outcome;
  }

  /** The messages that were asked about since the last look. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  int waiting() {
    return waiting.size();
  }

  void answer() {
    List<Call> calls = List.copyOf(waiting);
    waiting.clear();
    calls.forEach(call -> call.outcome.complete(instead.orElseGet(() -> found(call.messageId))));
  }

  /** Answers the read that has waited longest only. */
  void answerFirst() {
    Call first = waiting.remove(0);
    first.outcome.complete(instead.orElseGet(() -> found(first.messageId)));
  }

  private ReadOutcome<InteractionList> found(String messageId) {
    ObjectNode answer = MAPPER.createObjectNode();
    answer.set("results", interactions.getOrDefault(messageId, MAPPER.createArrayNode()));
    try {
      return new ReadOutcome.Found<>(InteractionList.of(answer), Optional.empty());
    } catch (UnreadableResourceException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ApiCall<ReadOutcome<InteractionList>> interactions(
      ChannelAddress address, String messageId) {
    Call call = new Call(messageId);
    asked.add(messageId);
    waiting.add(call);
    return call;
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> workspaceMessages(String workspaceId, ListQuery query) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ApiCall<ReadOutcome<ContactFacts>> contact(
      ChannelAddress address, String contactId, Optional<String> identifierValue) {
    throw new UnsupportedOperationException();
  }
}

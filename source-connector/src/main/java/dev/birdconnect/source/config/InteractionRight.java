package dev.birdconnect.source.config;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.LookupApi;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.common.config.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the API whether interactions may be read, by one of the last messages of each channel that
 * somebody may have received. Where there is none, or where the answer does not tell, nothing is
 * said.
 */
final class InteractionRight {

  private static final ListQuery SOME = ListQuery.first(25);
  private static final int FORBIDDEN = 403;

  private final ChannelsApi api;
  private final LookupApi lookups;
  private final Deadline deadline;

  /**
   * @param api the API
   * @param lookups the same API
   * @param patience longest time to wait for all answers together
   */
  InteractionRight(ChannelsApi api, LookupApi lookups, Duration patience) {
    this.api = api;
    this.lookups = lookups;
    this.deadline = Deadline.after(patience);
  }

  /** What is wrong, in sentences; empty when all is well or nothing is known. */
  List<String> check(String workspaceId, List<String> channelIds) {
    Map<ChannelAddress, ApiCall<ReadOutcome<MessagePage>>> lists = new LinkedHashMap<>();
    for (String channelId : channelIds) {
      ChannelAddress channel = new ChannelAddress(workspaceId, channelId);
      lists.put(channel, api.messages(channel, SOME));
    }
    Map<ChannelAddress, ApiCall<ReadOutcome<InteractionList>>> questions = new LinkedHashMap<>();
    lists.forEach(
        (channel, list) ->
            messageId(list)
                .ifPresent(id -> questions.put(channel, lookups.interactions(channel, id))));
    List<String> complaints = new ArrayList<>();
    questions.forEach(
        (channel, question) ->
            deadline
                .await(question)
                .flatMap(InteractionRight::refusal)
                .ifPresent(reason -> complaints.add(complaint(channel, reason))));
    return complaints;
  }

  private Optional<String> messageId(ApiCall<ReadOutcome<MessagePage>> list) {
    return deadline
        .await(list)
        .filter(outcome -> outcome instanceof ReadOutcome.Found<MessagePage>)
        .flatMap(outcome -> sent(((ReadOutcome.Found<MessagePage>) outcome).value()))
        .map(Message::id);
  }

  private static Optional<Message> sent(MessagePage page) {
    return page.results().stream()
        .filter(message -> message.direction().filter("outgoing"::equals).isPresent())
        .findFirst();
  }

  private static Optional<Reason> refusal(ReadOutcome<InteractionList> outcome) {
    return outcome instanceof ReadOutcome.Denied<InteractionList> denied
            && denied.reason().complaint().map(Complaint::status).orElse(0) == FORBIDDEN
        ? Optional.of(denied.reason())
        : Optional.empty();
  }

  private static String complaint(ChannelAddress channel, Reason reason) {
    return "The access key may not read the interactions of the channel "
        + channel.channelId()
        + ": "
        + reason
        + ". Let its role use GET"
        + " /workspaces/{workspaceId}/channels/{channelId}/messages/{messageId}/interactions, or"
        + " set "
        + InteractionConfig.ENABLED
        + "=false.";
  }
}

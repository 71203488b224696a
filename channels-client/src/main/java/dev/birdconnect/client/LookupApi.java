package dev.birdconnect.client;

import dev.birdconnect.client.message.ContactFacts;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import java.util.Optional;

/** Reads beside those of a channel's messages. */
public interface LookupApi {

  /**
   * Lists the messages of all channels. Only the path is documented (page <i>Messaging</i>, path
   * line); that parameters and answer are those of the list by channel is assumption 4.
   */
  ApiCall<ReadOutcome<MessagePage>> workspaceMessages(String workspaceId, ListQuery query);

  /**
   * Lists what receivers did with a message (page <i>Message status and interactions</i>). One read
   * for each message: so it is content with what other reads leave of the budget.
   */
  ApiCall<ReadOutcome<InteractionList>> interactions(ChannelAddress address, String messageId);

  /**
   * Reads what a channel knows of a contact (page <i>Sending WhatsApp messages</i>).
   *
   * @param contactId the contact's id
   * @param identifierValue the receiver's identifier, where the channel is to look for that one
   */
  ApiCall<ReadOutcome<ContactFacts>> contact(
      ChannelAddress address, String contactId, Optional<String> identifierValue);
}

package dev.birdconnect.simulator.http;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.store.Channel;
import dev.birdconnect.simulator.store.Times;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Channel facts of a contact (page "Sending WhatsApp messages"). */
final class ContactOperations {
  private static final Duration SERVICE_WINDOW = Duration.ofHours(24);
  private static final Set<String> WITH_WINDOW = Set.of("whatsapp");

  private ContactOperations() {}

  static Operation get() {
    return call -> {
      Channel channel = call.channel();
      QueryChecks.check(call);
      boolean hasWindow = WITH_WINDOW.contains(channel.settings().platform());
      String contactId = call.path().getOrDefault("contactId", "");
      Optional<Long> wrote =
          Optional.ofNullable(call.query().get("contactIdentifierValue"))
              .filter(identifier -> !identifier.isEmpty())
              .map(channel::lastInbound)
              .orElseGet(
                  () ->
                      channel.lastInboundOf(
                          from ->
                              from.equals(contactId)
                                  || MessageResource.contactId(call.workspace(), from)
                                      .equals(contactId)));
      ObjectNode answer = Json.mapper().createObjectNode();
      if (hasWindow && wrote.isPresent()) {
        answer.put(
            "serviceWindowExpireAt",
            Times.text(wrote.get() + SERVICE_WINDOW.toMillis(), call.switches()));
      } else {
        answer.putNull("serviceWindowExpireAt");
      }
      answer.put("isPermanentSession", !hasWindow);
      answer.putObject("metadata");
      return Answer.json(200, answer);
    };
  }
}

package dev.birdconnect.tracker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Optional;

/** What one record of the two input topics tells of an order. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Observation.Reported.class, name = "report"),
  @JsonSubTypes.Type(value = Observation.StatusSeen.class, name = "status")
})
sealed interface Observation {

  /** The order it is about. */
  OrderRecord order();

  /**
   * The sink has reported how the send ended.
   *
   * @param verdict {@code ACCEPTED}, {@code REJECTED} or {@code UNKNOWN}
   * @param messageId the message's id, where it is known
   * @param reason why there is no message
   * @param orderedAt the record's timestamp; when it was first tried where it has none
   * @param acceptedAt when the message was made; empty for other verdicts
   */
  record Reported(
      OrderRecord order,
      String verdict,
      Optional<String> messageId,
      Optional<String> reason,
      Optional<Instant> orderedAt,
      Optional<Instant> acceptedAt)
      implements Observation {

    static final String ACCEPTED = "ACCEPTED";

    boolean accepted() {
      return verdict.equals(ACCEPTED);
    }
  }

  /**
   * The source has seen the message in a status.
   *
   * @param eventId the same for the same event, however often it is emitted
   * @param messageId the message's id
   * @param channelId the channel's id
   * @param status the status
   * @param at since when, by the API's clock
   */
  record StatusSeen(
      OrderRecord order,
      String eventId,
      String messageId,
      String channelId,
      String status,
      Instant at)
      implements Observation {

    static final String DELIVERED = "delivered";

    boolean delivered() {
      return status.equals(DELIVERED);
    }
  }
}

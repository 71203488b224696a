package dev.birdconnect.sink.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessageStatus;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.config.DoubtPolicy;
import dev.birdconnect.sink.position.PartitionId;
import dev.birdconnect.sink.position.RecordPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends and verdicts for tests. */
final class Sends {

  static final PartitionId P0 = new PartitionId("orders", 0);
  static final PartitionId P1 = new PartitionId("orders", 1);
  static final Verdict ACCEPTED = new Verdict.Accepted(message(), Optional.empty());
  static final Verdict REJECTED = new Verdict.Rejected(answered(422));
  static final Verdict DENIED = new Verdict.Denied(answered(401));
  static final Verdict UNKNOWN = new Verdict.Unknown(answered(503));
  static final Verdict THROTTLED = new Verdict.NotProcessed(answered(429), Optional.empty());
  static final Verdict NOT_CONNECTED =
      new Verdict.NotProcessed(Reason.of("the request could not leave"), Optional.empty());

  private static final SendRequest REQUEST = request();

  private Sends() {}

  static Verdict throttledFor(Duration wait) {
    return new Verdict.NotProcessed(answered(429), Optional.of(wait));
  }

  static Verdict rejected(int status) {
    return new Verdict.Rejected(answered(status));
  }

  private static Reason answered(int status) {
    return Reason.of(new Complaint(status, Optional.empty(), Optional.empty(), Map.of()));
  }

  private static Message message() {
    try {
      return new Message(
          "id",
          "channel",
          new MessageStatus("accepted"),
          Instant.EPOCH,
          Instant.EPOCH,
          new ObjectMapper().readTree("{}"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SendRequest request() {
    return request(
        """
        {"receiver": {"contacts": [{"id": "c"}]},
         "body": {"type": "text", "text": {"text": "x"}}}""");
  }

  static SendRequest request(String json) {
    try {
      return SendRequest.of(new ObjectMapper().readTree(json));
    } catch (JsonProcessingException | InvalidRequestException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No time passes before a question is due. */
  static final DoubtRules DOUBT_RULES =
      new DoubtRules("n", DoubtPolicy.REPORT, Duration.ZERO, Duration.ZERO, 10);

  static Send<String> send(PartitionId partition, long offset, Object key) {
    return send(partition, offset, key, REQUEST);
  }

  static Send<String> send(PartitionId partition, long offset, Object key, SendRequest request) {
    return new Send<>(
        new RecordPosition(partition, offset),
        new RecordReference("n", partition.topic(), partition.number(), offset, "0"),
        Optional.empty(),
        Optional.ofNullable(key),
        new ChannelAddress("w", "c"),
        AddressOrigin.CONFIGURED,
        request.withReference("r" + offset),
        "record " + offset,
        10);
  }

  /** A send that has to be prepared. */
  static Send<String> send(PartitionId partition, long offset, Object key, Preparation work) {
    Send<String> plain = send(partition, offset, key);
    return new Send<>(
        plain.position(),
        plain.identity(),
        plain.notMadeBefore(),
        plain.orderKey(),
        plain.address(),
        plain.origin(),
        plain.request(),
        Optional.of(work),
        plain.record(),
        plain.weight());
  }

  static List<Long> offsets(List<Consignment<String>> attempts) {
    return attempts.stream().map(attempt -> attempt.first().send().position().offset()).toList();
  }
}

package dev.birdconnect.sink.delivery;

import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.common.reference.RecordReference;
import dev.birdconnect.sink.position.RecordPosition;
import dev.birdconnect.sink.reconcile.Mark;
import java.time.Instant;
import java.util.Optional;

/**
 * One record on its way to becoming one message.
 *
 * @param position where the record stands
 * @param identity the coordinates its message carries
 * @param notMadeBefore before this time, by the server's clock, no message of it or of a later
 *     record of its partition was made, where that is known
 * @param orderKey what puts it behind other sends; empty for no order
 * @param address workspace and channel it goes through
 * @param origin where the address comes from
 * @param request the request, with its reference
 * @param preparation what has to be done before the request can leave; empty for nothing
 * @param record the record, unchanged
 * @param weight about how many bytes of memory it takes
 * @param <R> the record
 */
public record Send<R>(
    RecordPosition position,
    RecordReference identity,
    Optional<Instant> notMadeBefore,
    Optional<Object> orderKey,
    ChannelAddress address,
    AddressOrigin origin,
    SendRequest request,
    Optional<Preparation> preparation,
    R record,
    long weight)
    implements Intake<R> {

  /** A send that needs no preparation. */
  public Send(
      RecordPosition position,
      RecordReference identity,
      Optional<Instant> notMadeBefore,
      Optional<Object> orderKey,
      ChannelAddress address,
      AddressOrigin origin,
      SendRequest request,
      R record,
      long weight) {
    this(
        position,
        identity,
        notMadeBefore,
        orderKey,
        address,
        origin,
        request,
        Optional.empty(),
        record,
        weight);
  }

  /** What its message is recognised by in the channel's list. */
  public Mark mark() {
    return Mark.of(identity, messageReference());
  }

  /** The coordinates as its message carries them; never the user's own label, which is private. */
  public String reference() {
    return identity.label();
  }

  /** The reference its message carries: the coordinates, or the user's own label. */
  public String messageReference() {
    return request.reference().orElseGet(this::reference);
  }

  /** Position and reference only: key and record are private. */
  @Override
  public String toString() {
    return "Send[" + position + ", " + reference() + "]";
  }
}

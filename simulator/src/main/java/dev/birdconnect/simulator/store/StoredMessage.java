package dev.birdconnect.simulator.store;

import dev.birdconnect.simulator.contract.Json;
import dev.birdconnect.simulator.life.Moment;
import dev.birdconnect.simulator.life.Step;
import dev.birdconnect.simulator.life.Timeline;
import dev.birdconnect.simulator.switches.Choice;
import dev.birdconnect.simulator.switches.Switch;
import dev.birdconnect.simulator.switches.SwitchValues;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message as it was made. The status is computed when somebody reads it. Its text form shows
 * neither receiver nor body.
 */
public final class StoredMessage {
  private static final int REQUIRED_LENGTH =
      "{\"id\":\"00000000-0000-0000-0000-000000000000\"".length()
          + ",\"channelId\":\"00000000-0000-0000-0000-000000000000\"".length();

  private final Position position;
  private final long sequence;
  private final long readableFromMillis;
  private final long listedFromMillis;
  private final Content content;

  StoredMessage(
      Position position,
      long sequence,
      long readableFromMillis,
      long listedFromMillis,
      Content content) {
    this.position = position;
    this.sequence = sequence;
    this.readableFromMillis = readableFromMillis;
    this.listedFromMillis = listedFromMillis;
    this.content = content;
  }

  /** Creation time and id. */
  public Position position() {
    return position;
  }

  /** Rank in the order of making over all channels, from 0. */
  public long sequence() {
    return sequence;
  }

  /** Whether a read shows it at this moment (assumptions 21 and 32). */
  public boolean isReadable(long nowMillis, SwitchValues values) {
    return readableFromMillis <= nowMillis && isKept(nowMillis, values);
  }

  /** Whether lists show it at this moment (assumptions 21, 22, 32 and 34). */
  public boolean isListed(long nowMillis, SwitchValues values) {
    return listedFromMillis <= nowMillis
        && isKept(nowMillis, values)
        && !(content.incoming() && values.has(Choice.INBOUND_LEFT_OUT));
  }

  private boolean isKept(long nowMillis, SwitchValues values) {
    long keep = values.millis(Switch.KEEP_MESSAGES);
    return keep == 0 || nowMillis - position.createdAtMillis() < keep;
  }

  /** The label, empty when there is none. */
  public String reference() {
    return content.reference();
  }

  /** Identifier of the first contact, or its id. */
  public String receiver() {
    return content.receiver();
  }

  /** Whether it came from a contact. */
  public boolean isIncoming() {
    return content.incoming();
  }

  /** Whether nobody sent it: it is part of a generated history. */
  boolean isGenerated() {
    return content.generated();
  }

  /** The batch it was sent in. */
  public Optional<UUID> batch() {
    return content.batch();
  }

  /** The status at this moment. */
  public Step stepAt(long millis) {
    return content.life().at(millis);
  }

  /** What the receiver does with it, whenever that is. */
  List<Moment> moments() {
    return content.moments();
  }

  /** The resource in JSON as it is at this moment, appended. */
  public void write(long millis, SwitchValues values, JsonBytes out) {
    Timeline timeline = content.life();
    Step step = timeline.at(millis);
    boolean all = values.has(Choice.ALL_FIELDS);
    if (all) {
      content.append(position, out);
    } else {
      // Up to the end of the channel's id: what follows there is not required.
      JsonBytes whole = new JsonBytes(REQUIRED_LENGTH);
      content.append(position, whole);
      out.append(Arrays.copyOf(whole.toByteArray(), REQUIRED_LENGTH));
      if (!reference().isEmpty()) {
        out.append(",\"reference\":").append(Json.mapper().writeValueAsBytes(reference()));
      }
    }
    out.append(",\"createdAt\":\"").append(Times.text(position.createdAtMillis(), values));
    out.append("\",\"status\":\"").append(step.status().wireName());
    String since = Times.text(step.sinceMillis(), values);
    out.append("\",\"lastStatusAt\":\"")
        .append(
            values.has(Choice.STATUS_START)
                ? since
                : Times.text(timeline.platformTimeAt(millis), values))
        .append('"');
    if (all) {
      out.append(",\"updatedAt\":\"").append(since).append('"');
      StatusJson.append(position, step, out);
    }
    out.append('}');
  }

  @Override
  public String toString() {
    return "StoredMessage[" + position.id() + "]";
  }
}

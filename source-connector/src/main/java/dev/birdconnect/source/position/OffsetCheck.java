package dev.birdconnect.source.position;

import dev.birdconnect.source.status.KnownMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks offsets that a user wants to set, so that a task can start from them. */
public final class OffsetCheck {

  private static final Set<String> OF_CHANNEL = Set.of(OffsetCodec.WORKSPACE, OffsetCodec.CHANNEL);
  private static final Set<String> OF_SHARD =
      Set.of(OffsetCodec.WORKSPACE, OffsetCodec.CHANNEL, OffsetCodec.SHARD);
  private static final Set<String> OF_INTERACTIONS =
      Set.of(OffsetCodec.WORKSPACE, OffsetCodec.CHANNEL, InteractionOffsets.PART);

  private final String workspaceId;
  private final Optional<List<String>> channelIds;

  /**
   * @param workspaceId the workspace that the connector reads
   * @param channelIds the channels that it reads; empty when they are not known
   */
  public OffsetCheck(String workspaceId, Optional<List<String>> channelIds) {
    this.workspaceId = workspaceId;
    this.channelIds = channelIds.map(List::copyOf);
  }

  /**
   * Checks one offset.
   *
   * @param partition its source partition
   * @param offset the offset; the start of a channel, or the state of a shard
   * @throws IllegalArgumentException when it would not be read, or be read wrongly; the message is
   *     a sentence
   */
  public void check(Map<String, ?> partition, Map<String, ?> offset) {
    try {
      checkPartition(partition);
      if (partition.containsKey(InteractionOffsets.PART)) {
        checkInteractions(InteractionOffsets.part(partition), offset);
      } else if (!OffsetCodec.isOfChannel(partition)) {
        checkShard(OffsetCodec.shard(partition), offset);
      } else if (OffsetCodec.isStart(offset)) {
        checkStart(offset);
      } else if (offset.containsKey(OffsetCodec.SHARD)) {
        checkShard(OffsetCodec.shard(offset), offset);
      } else {
        throw new IllegalArgumentException(
            "an offset on a channel's own partition has the field startTimestamp alone, such as"
                + " {\"startTimestamp\": \"2031-03-01T13:00:00Z\"}");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The offset of the partition " + partition + " cannot be set: " + e.getMessage() + ".",
          e);
    }
  }

  private void checkPartition(Map<String, ?> partition) {
    if (!Set.of(OF_CHANNEL, OF_SHARD, OF_INTERACTIONS).contains(partition.keySet())) {
      throw new IllegalArgumentException(
          "a partition has the fields workspaceId and channelId, and shard where it is one of a"
              + " shard, or interactionPart where it is one of interactions");
    }
    Object workspace = partition.get(OffsetCodec.WORKSPACE);
    if (!workspaceId.equals(workspace)) {
      throw new IllegalArgumentException(
          "the connector reads the workspace " + workspaceId + ", not " + workspace);
    }
    Object channel = partition.get(OffsetCodec.CHANNEL);
    if (channelIds.isPresent() && channelIds.get().stream().noneMatch(id -> id.equals(channel))) {
      throw new IllegalArgumentException(
          "the connector does not read the channel "
              + channel
              + "; its channels are "
              + channelIds.get());
    }
  }

  private static void checkStart(Map<String, ?> offset) {
    if (offset.size() > 1) {
      throw new IllegalArgumentException(
          "startTimestamp stands alone, or the field version is missing");
    }
    OffsetCodec.start(offset);
  }

  private static void checkInteractions(int part, Map<String, ?> offset) {
    for (InteractionState.Emitted message : InteractionOffsets.state(offset).emitted()) {
      if (InteractionState.part(message.messageId()) != part) {
        throw new IllegalArgumentException(
            "the field known names a message of the part "
                + InteractionState.part(message.messageId())
                + ", not "
                + part);
      }
    }
  }

  private static void checkShard(int shard, Map<String, ?> offset) {
    ShardState state = OffsetCodec.state(offset);
    checkShard("messageId", shard, state.frontier().id());
    for (KnownMessage message : state.known().messages()) {
      checkShard("known", shard, message.id());
    }
  }

  private static void checkShard(String field, int shard, String messageId) {
    if (!messageId.isEmpty() && Shards.of(messageId) != shard) {
      throw new IllegalArgumentException(
          "the field "
              + field
              + " names a message of the shard "
              + Shards.of(messageId)
              + ", not "
              + shard);
    }
  }
}

package dev.birdconnect.source.interaction;

import dev.birdconnect.source.position.InteractionState;
import dev.birdconnect.source.position.InteractionState.Emitted;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which interactions of a channel are emitted. A message of which nothing is remembered was never
 * emitted an interaction of, unless it is too old: what is forgotten is forgotten oldest first, and
 * up to when is remembered.
 */
final class EmittedInteractions {

  private static final int MARK_BYTES = 6;

  private final int mostMarks;
  private final Part[] parts = new Part[InteractionState.PARTS];

  private static final class Part {

    private final Map<String, Entry> entries = new HashMap<>();
    private long forgottenUpTo = Long.MIN_VALUE;
    private int marks;

    private void forget(Entry entry) {
      entries.remove(entry.messageId());
      marks -= entry.marks().size();
      forgottenUpTo = Math.max(forgottenUpTo, entry.agesFrom());
    }

    private Optional<Entry> oldest() {
      return entries.values().stream().min(Comparator.comparingLong(Entry::agesFrom));
    }
  }

  private record Entry(String messageId, long agesFrom, Set<String> marks) {}

  /**
   * @param restored what is stored, by part
   * @param mostMarks most interactions of a part that are remembered
   */
  EmittedInteractions(Map<Integer, InteractionState> restored, int mostMarks) {
    this.mostMarks = mostMarks;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new Part();
      InteractionState state = restored.getOrDefault(i, InteractionState.NOTHING);
      parts[i].forgottenUpTo = state.forgottenUpTo();
      for (Emitted emitted : state.emitted()) {
        Set<String> marks = new LinkedHashSet<>(emitted.marks());
        parts[i].entries.put(
            emitted.messageId(), new Entry(emitted.messageId(), emitted.agesFrom(), marks));
        parts[i].marks += marks.size();
      }
    }
  }

  private Part part(String messageId) {
    return parts[InteractionState.part(messageId)];
  }

  /** Whether it is known which interactions of a message are emitted. */
  boolean knows(FollowedMessage message) {
    Part part = part(message.id());
    return message.agesFrom() > part.forgottenUpTo || part.entries.containsKey(message.id());
  }

  /** Whether an interaction was not emitted before. */
  boolean isNew(FollowedMessage message, String eventId) {
    Entry entry = part(message.id()).entries.get(message.id());
    return knows(message) && (entry == null || !entry.marks().contains(mark(eventId)));
  }

  /**
   * An interaction goes out; the state of its part after it.
   *
   * @param expired messages whose age begins before it are not looked at any more; in seconds since
   *     1970
   */
  InteractionState emitted(FollowedMessage message, String eventId, long expired) {
    Part part = part(message.id());
    Entry entry =
        part.entries.computeIfAbsent(
            message.id(), id -> new Entry(id, message.agesFrom(), new LinkedHashSet<>()));
    if (entry.marks().add(mark(eventId))) {
      part.marks++;
    }
    List<Entry> over =
        part.entries.values().stream().filter(known -> known.agesFrom() < expired).toList();
    over.forEach(part::forget);
    while (part.marks > mostMarks) {
      part.oldest().ifPresent(part::forget);
    }
    return state(part);
  }

  private static InteractionState state(Part part) {
    List<Emitted> emitted = new ArrayList<>(part.entries.size());
    part.entries
        .values()
        .forEach(
            entry ->
                emitted.add(
                    new Emitted(entry.messageId(), entry.agesFrom(), List.copyOf(entry.marks()))));
    return new InteractionState(part.forgottenUpTo, emitted);
  }

  /** A short hash of an event's id. */
  private static String mark(String eventId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, MARK_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}

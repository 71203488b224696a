package dev.birdconnect.simulator.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * What was sent, for tests that compare both ends. Generated history is left out: nobody sent it.
 */
public final class Inspection {
  private static final Comparator<StoredMessage> IN_ORDER_OF_MAKING =
      Comparator.comparingLong(StoredMessage::sequence);

  private final Accounts accounts;
  private final AtomicLong since = new AtomicLong();

  /** Looks at all channels of these accounts. */
  public Inspection(Accounts accounts) {
    this.accounts = accounts;
  }

  /** How many outgoing messages were made per reference; messages without one are left out. */
  public Map<String, Integer> madeByReference() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    outgoing()
        .filter(message -> !message.reference().isEmpty())
        .forEach(message -> counts.merge(message.reference(), 1, Integer::sum));
    return counts;
  }

  /** References of outgoing messages by receiver, in the order in which they were made. */
  public Map<String, List<String>> referencesByReceiver() {
    Map<String, List<String>> order = new LinkedHashMap<>();
    outgoing()
        .forEach(
            message ->
                order
                    .computeIfAbsent(message.receiver(), r -> new ArrayList<>())
                    .add(message.reference()));
    return order;
  }

  /** How many messages there are over all channels, both directions. */
  public int size() {
    return accounts.channels().stream().mapToInt(channel -> channel.all().size()).sum();
  }

  /** Forgets what was made until now: counts and orders begin anew. */
  public void reset() {
    since.set(accounts.made());
  }

  private Stream<StoredMessage> outgoing() {
    return accounts.channels().stream()
        .flatMap(channel -> channel.all().stream())
        .filter(message -> !message.isGenerated() && !message.isIncoming())
        .filter(message -> message.sequence() >= since.get())
        .sorted(IN_ORDER_OF_MAKING);
  }
}

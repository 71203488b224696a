package dev.birdconnect.source.workspace;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.source.reading.UnusedApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The channels of a workspace in memory, with a clock of their own. */
final class FakeWorkspace extends UnusedApi {

  static final String WORKSPACE = "11111111-1111-4111-8111-111111111111";

  /** A message. */
  static final class Stored {
    private final String id;
    private final String channelId;
    private final Instant createdAt;
    private final Instant visibleAt;
    private String status;
    private Instant statusAt;

    private Stored(
        String id, String channelId, Instant createdAt, Instant visibleAt, String status) {
      this.id = id;
      this.channelId = channelId;
      this.createdAt = createdAt;
      this.visibleAt = visibleAt;
      this.status = status;
      this.statusAt = createdAt;
    }

    String id() {
      return id;
    }

    String channelId() {
      return channelId;
    }

    Instant createdAt() {
      return createdAt;
    }

    void step(String next, Instant at) {
      status = next;
      statusAt = at;
    }
  }

  private static final Comparator<Stored> OLDEST_FIRST =
      Comparator.comparing(Stored::createdAt).thenComparing(Stored::id);

  private final Map<String, Stored> messages = new LinkedHashMap<>();
  private final Map<String, List<Instant>> sweeps = new HashMap<>();
  private final List<ListQuery> workspaceLists = new ArrayList<>();
  private final Set<String> failures = new HashSet<>();
  private Optional<ReadOutcome<MessagePage>> instead = Optional.empty();
  private Predicate<Stored> shownByWorkspace = message -> true;
  private Comparator<Stored> workspaceOrder = OLDEST_FIRST;
  private Runnable betweenPages = () -> {};
  private boolean newestFirst = true;
  private boolean countingTokens;
  private boolean refusesNextPage;
  private Instant now = Instant.parse("2031-03-01T12:00:00Z");
  private long nanos = 1_000;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private double readsPerSecond;
  private double permits;
  private int reads;

  static String channel(int number) {
    return "cccccccc-0000-4000-8000-%012d".formatted(number);
  }

  void newestFirst(boolean byDefault) {
    newestFirst = byDefault;
  }

  void countingTokens(boolean counting) {
    countingTokens = counting;
  }

  /** What the workspace's list ends with until told otherwise; empty for the messages. */
  void answerWorkspaceListWith(Optional<ReadOutcome<MessagePage>> outcome) {
    instead = outcome;
  }

  /** The next read of a channel's list brings nothing. */
  void failNextSweep(int channel) {
    failures.add(channel(channel));
  }

  /** Refuses the next page token of the workspace's list. */
  void refuseNextPage() {
    refusesNextPage = true;
  }

  void showInWorkspaceList(Predicate<Stored> shown) {
    shownByWorkspace = shown;
  }

  void orderWorkspaceListBy(Comparator<Stored> order) {
    workspaceOrder = order;
  }

  /** Run before each further page of the workspace's list. */
  void betweenPages(Runnable action) {
    betweenPages = action;
  }

  Instant now() {
    return now;
  }

  long nanoTime() {
    return nanos;
  }

  /** Lets time pass; as many waiting reads are answered as the budget has for it. */
  void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
    permits = Math.min(permits + readsPerSecond * time.toMillis() / 1e3, readsPerSecond);
    while (permits >= 1 && !waiting.isEmpty()) {
      permits--;
      waiting.removeFirst().run();
    }
  }

  /** Answers no more reads than this, in their order. */
  void budget(int perSecond) {
    readsPerSecond = perSecond;
  }

  Stored add(int channel, Instant createdAt, Duration hiddenFor, String status) {
    String id = "m%06d".formatted(messages.size());
    Stored stored = new Stored(id, channel(channel), createdAt, now.plus(hiddenFor), status);
    messages.put(id, stored);
    return stored;
  }

  Stored add(int channel, String status) {
    return add(channel, now, Duration.ZERO, status);
  }

  List<Stored> all() {
    return List.copyOf(messages.values());
  }

  /** All reads until now. */
  int reads() {
    return reads;
  }

  /** Reads of the workspace's list. */
  List<ListQuery> workspaceLists() {
    return workspaceLists;
  }

  /** When the list of a channel was read from its head. */
  List<Instant> sweeps(int channel) {
    return sweeps.getOrDefault(channel(channel), List.of());
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    return answer(
        () -> {
          if (query.pageToken().isEmpty() && query.limit() > 1) {
            sweeps.computeIfAbsent(address.channelId(), absent -> new ArrayList<>()).add(now);
          }
          if (failures.remove(address.channelId())) {
            return new ReadOutcome.Unavailable<>(Reason.of("it is down"), Optional.empty());
          }
          return page(
              message -> message.channelId.equals(address.channelId()), OLDEST_FIRST, query);
        });
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> workspaceMessages(String workspaceId, ListQuery query) {
    return answer(
        () -> {
          if (query.pageToken().isPresent()) {
            betweenPages.run();
          }
          workspaceLists.add(query);
          if (refusesNextPage && query.pageToken().isPresent()) {
            refusesNextPage = false;
            return new ReadOutcome.Refused<>(Reason.of("the token is not known"));
          }
          return instead.orElseGet(() -> page(shownByWorkspace, workspaceOrder, query));
        });
  }

  private ReadOutcome<MessagePage> page(
      Predicate<Stored> shown, Comparator<Stored> order, ListQuery query) {
    boolean ascending = newestFirst == query.reverse();
    Comparator<Stored> wanted = ascending ? order : order.reversed();
    List<Stored> visible =
        messages.values().stream()
            .filter(message -> !message.visibleAt.isAfter(now))
            .filter(shown)
            .sorted(wanted)
            .toList();
    int from = query.pageToken().map(token -> start(visible, token, wanted)).orElse(0);
    int to = Math.min(visible.size(), from + query.limit());
    List<Message> results =
        visible.subList(Math.min(from, to), to).stream().map(this::message).toList();
    Optional<String> next =
        to < visible.size()
            ? Optional.of(countingTokens ? "#" + to : visible.get(to - 1).id)
            : Optional.empty();
    return found(new MessagePage(results, next));
  }

  private int start(List<Stored> visible, String token, Comparator<Stored> order) {
    if (token.startsWith("#")) {
      return Integer.parseInt(token.substring(1));
    }
    Stored last = stored(token);
    return (int) visible.stream().filter(message -> order.compare(message, last) <= 0).count();
  }

  private Stored stored(String id) {
    Stored stored = messages.get(id);
    if (stored == null) {
      throw new IllegalArgumentException("There is no message " + id + ".");
    }
    return stored;
  }

  private Message message(Stored stored) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("id", stored.id);
    resource.put("channelId", stored.channelId);
    resource.put("status", stored.status);
    resource.put("createdAt", stored.createdAt.toString());
    resource.put("lastStatusAt", stored.statusAt.toString());
    try {
      return Message.of(resource);
    } catch (UnreadableResourceException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
    return answer(() -> found(message(stored(messageId))));
  }

  /** The date as a header has it, in whole seconds. */
  private <T> ReadOutcome<T> found(T value) {
    Instant date = Instant.ofEpochSecond(now.getEpochSecond());
    return new ReadOutcome.Found<>(value, Optional.of(date));
  }

  private <T> ApiCall<T> answer(Supplier<T> answer) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Runnable read =
        () -> {
          reads++;
          outcome.complete(answer.get());
        };
    if (readsPerSecond > 0) {
      waiting.add(read);
    } else {
      read.run();
    }
    return call(outcome);
  }
}

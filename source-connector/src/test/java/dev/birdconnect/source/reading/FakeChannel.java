package dev.birdconnect.source.reading;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableEntry;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One channel of the API in memory, with a clock of its own and the switches that matter. */
public final class FakeChannel extends UnusedApi {

  public static final ChannelAddress ADDRESS =
      new ChannelAddress(
          "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222");

  private static final String BROKEN = "the field status is missing";

  /** How page tokens are made. */
  public enum Cursor {
    POSITION,
    COUNT
  }

  /** A message with all statuses it ever had. */
  public static final class Stored {
    private final String id;
    private final Instant createdAt;
    private final Instant visibleAt;
    private final List<String> statuses = new ArrayList<>();
    private Optional<Instant> scheduledFor = Optional.empty();
    private Instant statusAt;
    private boolean broken;

    private Stored(String id, Instant createdAt, Instant visibleAt, String status) {
      this.id = id;
      this.createdAt = createdAt;
      this.visibleAt = visibleAt;
      this.statusAt = createdAt;
      statuses.add(status);
    }

    public String id() {
      return id;
    }

    public Instant createdAt() {
      return createdAt;
    }

    public List<String> statuses() {
      return statuses;
    }

    public String status() {
      return statuses.get(statuses.size() - 1);
    }

    public void step(String status, Instant at) {
      statuses.add(status);
      statusAt = at;
    }

    /** Whether it is shown without its status. */
    public void breaks(boolean shown) {
      broken = shown;
    }

    public void scheduleFor(Instant time) {
      scheduledFor = Optional.of(time);
    }

    /** The time it is scheduled for is not shown any more. */
    public void hideSchedule() {
      scheduledFor = Optional.empty();
    }
  }

  private final Map<String, Stored> messages = new LinkedHashMap<>();
  private final Deque<ReadOutcome<MessagePage>> listFailures = new ArrayDeque<>();
  private final Deque<ReadOutcome<Message>> getFailures = new ArrayDeque<>();
  private final List<ListQuery> lists = new ArrayList<>();
  private final List<String> gets = new ArrayList<>();
  private Optional<ReadOutcome<Message>> insteadOfGets = Optional.empty();
  private Predicate<ListQuery> failing = query -> false;
  private Predicate<List<Stored>> tooMuch = page -> false;
  private ReadOutcome.Hindrance hindrance = ReadOutcome.Hindrance.OTHER;
  private int bodyBytes;
  private Consumer<Message> whenShown = message -> {};
  private boolean refusesNextPage;
  private int passedOverOnNextPage;
  private boolean newestFirst = true;
  private boolean tellsDate = true;
  private boolean tiesById = true;
  private Cursor cursor = Cursor.POSITION;
  private Runnable betweenPages = () -> {};
  private Instant now = Instant.parse("2031-03-01T12:00:00Z");
  private long nanos = 1_000;

  public FakeChannel newestFirst(boolean newestFirst) {
    this.newestFirst = newestFirst;
    return this;
  }

  public FakeChannel cursor(Cursor cursor) {
    this.cursor = cursor;
    return this;
  }

  public FakeChannel tellsDate(boolean tellsDate) {
    this.tellsDate = tellsDate;
    return this;
  }

  /** Whether equal times are ordered by id, or in a way nobody knows. */
  public FakeChannel tiesById(boolean tiesById) {
    this.tiesById = tiesById;
    return this;
  }

  /** How long the bodies of all messages are. */
  public FakeChannel bodies(int bytes) {
    bodyBytes = bytes;
    return this;
  }

  /** Told of all messages that pages show. */
  public void whenShown(Consumer<Message> taker) {
    whenShown = taker;
  }

  /** Run before every list answer but the first. */
  public void betweenPages(Runnable action) {
    betweenPages = action;
  }

  public Instant now() {
    return now;
  }

  public long nanoTime() {
    return nanos;
  }

  public void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  public Stored add(String id, Instant createdAt, Duration hiddenFor, String status) {
    Stored stored = new Stored(id, createdAt, now.plus(hiddenFor), status);
    messages.put(id, stored);
    return stored;
  }

  public Stored add(String id, String status) {
    return add(id, now, Duration.ZERO, status);
  }

  public void remove(String id) {
    messages.remove(id);
  }

  public Stored get(String id) {
    return messages.get(id);
  }

  public List<Stored> all() {
    return List.copyOf(messages.values());
  }

  public void failNextList(ReadOutcome<MessagePage> outcome) {
    listFailures.add(outcome);
  }

  /** Which pages are not answered, until others are named. */
  public void failPages(Predicate<ListQuery> which) {
    failing = which;
  }

  /** What pages end with that are too much, until told otherwise. */
  public void failPages(Predicate<List<Stored>> tooMuch, ReadOutcome.Hindrance with) {
    this.tooMuch = tooMuch;
    this.hindrance = with;
  }

  public void failNextGet(ReadOutcome<Message> outcome) {
    getFailures.add(outcome);
  }

  /** What every read of one message ends with. */
  public void answerGetsWith(ReadOutcome<Message> outcome) {
    insteadOfGets = Optional.of(outcome);
  }

  /** Refuses the next page token that more than one message is asked for with. */
  public void refuseNextPage() {
    refusesNextPage = true;
  }

  /** Lets the next page that more than one message is asked for with a token begin later. */
  public void passOverOnNextPage(int count) {
    passedOverOnNextPage = count;
  }

  public List<ListQuery> lists() {
    return lists;
  }

  public List<String> gets() {
    return gets;
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    if (!lists.isEmpty()) {
      betweenPages.run();
    }
    lists.add(query);
    if (!listFailures.isEmpty()) {
      return done(listFailures.removeFirst());
    }
    if (failing.test(query)) {
      return done(new ReadOutcome.Unavailable<>(Reason.of("the page fails"), Optional.empty()));
    }
    boolean furtherPage = query.pageToken().isPresent() && query.limit() > 1;
    if (refusesNextPage && furtherPage) {
      refusesNextPage = false;
      return done(new ReadOutcome.Refused<>(Reason.of("the token is not known")));
    }
    Comparator<Stored> order =
        Comparator.comparing(Stored::createdAt).thenComparing(stored -> tie(stored.id));
    boolean ascending = newestFirst == query.reverse();
    List<Stored> visible =
        messages.values().stream()
            .filter(message -> !message.visibleAt.isAfter(now))
            .sorted(ascending ? order : order.reversed())
            .toList();
    int from = query.pageToken().map(token -> start(visible, token, ascending)).orElse(0);
    if (furtherPage) {
      from += passedOverOnNextPage;
      passedOverOnNextPage = 0;
    }
    int to = Math.min(visible.size(), from + query.limit());
    List<Stored> page = visible.subList(Math.min(from, to), to);
    if (tooMuch.test(page)) {
      return done(
          new ReadOutcome.Unavailable<>(Reason.of("too much"), Optional.empty(), hindrance));
    }
    Optional<String> next =
        to < visible.size() ? Optional.of(token(visible.get(to - 1), to)) : Optional.empty();
    List<Message> readable = new ArrayList<>();
    List<UnreadableEntry> unreadable = new ArrayList<>();
    for (Stored stored : page) {
      try {
        readable.add(Message.of(resource(stored)));
      } catch (UnreadableResourceException e) {
        unreadable.add(new UnreadableEntry(readable.size(), BROKEN, resource(stored)));
      }
    }
    readable.forEach(whenShown);
    return found(() -> new MessagePage(readable, unreadable, next));
  }

  private String token(Stored last, int count) {
    return cursor == Cursor.COUNT ? "#" + count : last.createdAt + "|" + tie(last.id);
  }

  private String tie(String id) {
    return tiesById ? id : new StringBuilder(id).reverse().toString();
  }

  private int start(List<Stored> visible, String token, boolean ascending) {
    if (token.startsWith("#")) {
      return Integer.parseInt(token.substring(1));
    }
    String[] parts = token.split("\\|", 2);
    Instant time = Instant.parse(parts[0]);
    int index = 0;
    for (Stored message : visible) {
      int compared = message.createdAt.compareTo(time);
      compared = compared == 0 ? tie(message.id).compareTo(parts[1]) : compared;
      if (ascending ? compared > 0 : compared < 0) {
        break;
      }
      index++;
    }
    return index;
  }

  @Override
  public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
    gets.add(messageId);
    if (!getFailures.isEmpty()) {
      return done(getFailures.removeFirst());
    }
    if (insteadOfGets.isPresent()) {
      return done(insteadOfGets.get());
    }
    Stored stored = messages.get(messageId);
    if (stored == null) {
      return done(new ReadOutcome.Missing<>(Reason.of("it is not there")));
    }
    return stored.broken
        ? done(new ReadOutcome.Unreadable<>(Reason.of(BROKEN)))
        : found(() -> message(stored));
  }

  private ObjectNode resource(Stored stored) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    resource.put("id", stored.id);
    resource.put("channelId", ADDRESS.channelId());
    if (!stored.broken) {
      resource.put("status", stored.status());
    }
    resource.put("createdAt", stored.createdAt.toString());
    resource.put("lastStatusAt", stored.statusAt.toString());
    if (bodyBytes > 0) {
      resource.put("body", "x".repeat(bodyBytes));
    }
    stored.scheduledFor.ifPresent(time -> resource.put("scheduledFor", time.toString()));
    return resource;
  }

  public Message message(Stored stored) {
    try {
      return Message.of(resource(stored));
    } catch (UnreadableResourceException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The date as a header has it, in whole seconds. */
  private <T> ApiCall<ReadOutcome<T>> found(Supplier<T> value) {
    Optional<Instant> date =
        tellsDate ? Optional.of(Instant.ofEpochSecond(now.getEpochSecond())) : Optional.empty();
    return done(new ReadOutcome.Found<>(value.get(), date));
  }

  private static <T> ApiCall<T> done(T outcome) {
    return call(CompletableFuture.completedFuture(outcome));
  }
}

package dev.birdconnect.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.birdconnect.client.http.AccessKey;
import dev.birdconnect.client.http.HttpVersion;
import dev.birdconnect.client.http.RawServer;
import dev.birdconnect.client.http.RawServer.End;
import dev.birdconnect.client.http.RawServer.Script;
import dev.birdconnect.client.http.TlsSettings;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.InvalidRequestException;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.MediaAddress;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ConflictRule;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import okio.ByteString;

/**
 * Whatever bytes a server writes and however it hangs up, every operation ends with one of its
 * outcomes, nothing is thrown on any thread, and nothing private is told.
 */
class AnyAnswerOnTheWireTest {

  private static final ChannelAddress ADDRESS = new ChannelAddress("w1", "c1");
  private static final int MOST_CALLS = 20;
  private static final Pattern STATUS =
      Pattern.compile("(?:HTTP/1\\.[01]|ICY) (\\d{3})(?=[ \r\n])", Pattern.CASE_INSENSITIVE);

  private static final Queue<Throwable> THROWN = new ConcurrentLinkedQueue<>();
  private static RawServer server;
  private static ChannelsClient client;
  private static Thread.UncaughtExceptionHandler before;

  /** The operations, each a call. */
  enum Operation {
    SEND,
    SEND_BATCH,
    MESSAGES,
    MESSAGE,
    CHANNELS,
    CHANNEL,
    WORKSPACE_MESSAGES,
    INTERACTIONS,
    CONTACT,
    UPLOAD_FORM,
    UPLOAD,
    MEDIA;

    private ApiCall<?> start(ChannelsClient client, int port) {
      return switch (this) {
        case SEND -> client.send(ADDRESS, AddressOrigin.CONFIGURED, request());
        case SEND_BATCH -> client.sendBatch(ADDRESS, AddressOrigin.CONFIGURED, batch());
        case MESSAGES -> client.messages(ADDRESS, ListQuery.first(5));
        case MESSAGE -> client.message(ADDRESS, "m1");
        case CHANNELS -> client.channels("w1", ListQuery.first(5));
        case CHANNEL -> client.channel(ADDRESS);
        case WORKSPACE_MESSAGES -> client.workspaceMessages("w1", ListQuery.first(5));
        case INTERACTIONS -> client.interactions(ADDRESS, "m1");
        case CONTACT -> client.contact(ADDRESS, "p1", Optional.of(AnyBody.PRIVATE));
        case UPLOAD_FORM -> client.uploadForm(ADDRESS, "image/png");
        case UPLOAD ->
            client.upload(
                new UploadForm("m", "http://localhost:" + port + "/store", "POST", Map.of()),
                new MediaFile("a", "image/png", ByteString.encodeUtf8("bytes")));
        case MEDIA -> client.media(new MediaAddress.OfChannel(ADDRESS, List.of("a")));
      };
    }
  }

  private static SendRequest request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putObject("receiver").putArray("contacts").addObject().put("id", AnyBody.PRIVATE);
    request.putObject("body").put("type", "text").putObject("text").put("text", "Hello");
    try {
      return SendRequest.of(request);
    } catch (InvalidRequestException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BatchRequest batch() {
    try {
      return BatchRequest.of(List.of(request()));
    } catch (InvalidRequestException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeContainer
  static void start() throws Exception {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> THROWN.add(thrown));
    server = new RawServer();
    client = client(Duration.ofSeconds(10));
  }

  @AfterContainer
  static void stop() throws Exception {
    client.close();
    server.close();
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  private static ChannelsClient client(Duration timeout) {
    return new ChannelsClient(
        new TransportSettings(
            URI.create("http://localhost:" + server.port()),
            new AccessKey("key-in-clear"),
            timeout,
            64,
            Optional.empty(),
            TlsSettings.ofTheRuntime(),
            HttpVersion.NEGOTIATED,
            "test/1",
            "any-answer"),
        new RateLimits(1e6, 1e6),
        new VerdictRules(ConflictRule.REJECT));
  }

  @Provide
  Arbitrary<Script> scripts() {
    return WireAnswers.scripts();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void endsWithAnOutcome(@ForAll Operation operation, @ForAll("scripts") Script script) {
    check(answered(client, operation, script), script);
  }

  /** Where the server neither goes on nor hangs up, the time-out ends the call. */
  @Example
  void endsInTimeWhenTheServerFallsSilent() {
    String answer = "HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{\"id\": \"m1\", ";
    try (ChannelsClient impatient = client(Duration.ofMillis(500))) {
      for (int length : new int[] {0, 12, 30, answer.length()}) {
        Script script = new Script(ByteString.encodeUtf8(answer.substring(0, length)), End.HELD);
        server.answerWith(script);
        Object sent = end(Operation.SEND.start(impatient, server.port()));
        for (int i = 0; i < MOST_CALLS && sent instanceof Verdict.NotProcessed; i++) {
          sent = end(Operation.SEND.start(impatient, server.port()));
        }
        assertThat(sent).as("a send that has left").isInstanceOf(Verdict.Unknown.class);
        assertThat(end(Operation.MESSAGES.start(impatient, server.port())))
            .isInstanceOf(ReadOutcome.Unavailable.class);
      }
    }
  }

  /** Calls until the server has a request: a connection may be stale. */
  private static Object answered(ChannelsClient client, Operation operation, Script script) {
    server.answerWith(script);
    int requests = server.requests();
    for (int i = 0; i < MOST_CALLS; i++) {
      Object outcome = end(operation.start(client, server.port()));
      if (server.requests() > requests) {
        return outcome;
      }
    }
    throw new AssertionError("No request has come to the server.");
  }

  private static Object end(ApiCall<?> call) {
    CompletableFuture<?> outcome = call.outcome().toCompletableFuture();
    return outcome.orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static void check(Object outcome, Script script) {
    assertThat(outcome).isNotNull();
    assertThat(THROWN).as("thrown on threads of the client").isEmpty();
    Verdict verdict =
        outcome instanceof BatchVerdict.NotAccepted notAccepted
            ? notAccepted.verdict()
            : outcome instanceof Verdict ofSend ? ofSend : null;
    if (verdict != null) {
      assertThat(verdict.getClass()).isIn(documented(script));
    } else if (outcome instanceof BatchVerdict.Accepted) {
      assertThat(documented(script)).contains(Verdict.Accepted.class);
    }
    if (!(outcome instanceof Verdict.Accepted)
        && !(outcome instanceof BatchVerdict.Accepted)
        && !(outcome instanceof ReadOutcome.Found<?>)) {
      assertThat(outcome.toString()).doesNotContain(AnyBody.PRIVATE, "key-in-clear");
    }
  }

  /** Unknown, as the request has left, and what the statuses that the server wrote mean. */
  private static Set<Class<? extends Verdict>> documented(Script script) {
    Set<Class<? extends Verdict>> verdicts = new HashSet<>(Set.of(Verdict.Unknown.class));
    Matcher statuses = STATUS.matcher(script.bytes().string(StandardCharsets.ISO_8859_1));
    while (statuses.find()) {
      verdicts.add(documented(Integer.parseInt(statuses.group(1))));
    }
    return verdicts;
  }

  private static Class<? extends Verdict> documented(int status) {
    return switch (status) {
      case 400, 409, 413, 422 -> Verdict.Rejected.class;
      case 429 -> Verdict.NotProcessed.class;
      case 408 -> Verdict.Unknown.class;
      default ->
          status >= 200 && status < 300
              ? Verdict.Accepted.class
              : status >= 300 && status < 500 ? Verdict.Denied.class : Verdict.Unknown.class;
    };
  }
}

package dev.birdconnect.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.http.HttpTransport;
import dev.birdconnect.client.http.MultipartUpload;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.ContactFacts;
import dev.birdconnect.client.message.InteractionList;
import dev.birdconnect.client.message.Media;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.message.UnreadableResourceException;
import dev.birdconnect.client.message.UploadForm;
import dev.birdconnect.client.rate.Permit;
import dev.birdconnect.client.rate.RateBudget;
import dev.birdconnect.client.rate.RateBudgets;
import dev.birdconnect.client.rate.RateBudgets.Method;
import dev.birdconnect.client.request.BatchRequest;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.MediaAddress;
import dev.birdconnect.client.request.MediaFile;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.Answer;
import dev.birdconnect.client.verdict.BatchVerdict;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Right;
import dev.birdconnect.client.verdict.UploadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.client.verdict.VerdictRules.ResourceReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * The Channels API over HTTP. Every request first takes a permit from the rate budget of its
 * workspace and method, which all clients of this class loader share.
 */
public final class ChannelsClient implements ChannelsApi, BatchApi, MediaApi, LookupApi, RightsApi {

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long MOST_OF_A_RESOURCE = 4 * MEBIBYTE;
  private static final long MOST_OF_A_PAGE = 64 * MEBIBYTE;
  private static final long MOST_OF_A_MEDIUM = MediaFile.MOST_BYTES;

  private final HttpTransport transport;
  private final ApiAddresses addresses;
  private final RateLimits limits;
  private final RateBudgets budgets;
  private final VerdictRules rules;
  private final ServerClock serverClock = new ServerClock(System::nanoTime);
  private final Map<BudgetKey, RateBudget.Share> shares = new ConcurrentHashMap<>();

  private record BudgetKey(String workspaceId, Method method) {}

  /**
   * @param settings how the API is reached
   * @param limits this client's rates, kept to in every workspace it talks to
   * @param rules what answers mean
   */
  public ChannelsClient(TransportSettings settings, RateLimits limits, VerdictRules rules) {
    this.transport = new HttpTransport(settings);
    this.addresses = new ApiAddresses(transport);
    this.limits = limits;
    this.budgets = RateBudgets.shared();
    this.rules = rules;
  }

  @Override
  public ApiCall<Verdict> send(
      ChannelAddress address, AddressOrigin origin, SendRequest request, BooleanSupplier mayLeave) {
    return post(
        address.workspaceId(),
        addresses.messages(address),
        request.toJson(),
        mayLeave,
        answer -> rules.ofSend(answer, origin),
        broken -> rules.ofSend(broken.failure(), broken.requestBegan()));
  }

  @Override
  public ApiCall<BatchVerdict> sendBatch(
      ChannelAddress address,
      AddressOrigin origin,
      BatchRequest request,
      BooleanSupplier mayLeave) {
    return post(
        address.workspaceId(),
        addresses.batch(address),
        request.toJson(),
        mayLeave,
        answer -> rules.ofBatch(answer, origin),
        broken -> rules.ofBatch(broken.failure(), broken.requestBegan()));
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    return get(
        address.workspaceId(), addresses.messages(address, query), MOST_OF_A_PAGE, rules::ofPage);
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> outlines(ChannelAddress address, ListQuery query) {
    return get(
        address.workspaceId(),
        addresses.messages(address, query),
        MOST_OF_A_PAGE,
        rules::ofOutlines);
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> workspaceMessages(String workspaceId, ListQuery query) {
    HttpUrl url = addresses.workspaceMessages(workspaceId, query);
    return get(workspaceId, url, MOST_OF_A_PAGE, rules::ofPage);
  }

  @Override
  public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
    HttpUrl url = addresses.message(address, messageId);
    return read(address.workspaceId(), url, MOST_OF_A_RESOURCE, Message::of);
  }

  @Override
  public ApiCall<ReadOutcome<InteractionList>> interactions(
      ChannelAddress address, String messageId) {
    HttpUrl url = addresses.interactions(address, messageId);
    return call(
        share(address.workspaceId(), Method.GET),
        RateBudget.Share::acquireLeftOver,
        whenDone -> transport.get(url, MOST_OF_A_PAGE, whenDone),
        answer -> rules.ofRead(answer, InteractionList::of),
        broken -> rules.ofRead(broken.failure(), broken.requestBegan()));
  }

  @Override
  public ApiCall<ReadOutcome<ChannelPage>> channels(String workspaceId, ListQuery query) {
    HttpUrl url = addresses.channels(workspaceId, query);
    return read(workspaceId, url, MOST_OF_A_PAGE, ChannelPage::of);
  }

  @Override
  public ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address) {
    HttpUrl url = addresses.channel(address);
    return read(address.workspaceId(), url, MOST_OF_A_RESOURCE, Channel::of);
  }

  @Override
  public ApiCall<ReadOutcome<ContactFacts>> contact(
      ChannelAddress address, String contactId, Optional<String> identifierValue) {
    HttpUrl url = addresses.contact(address, contactId, identifierValue);
    return read(address.workspaceId(), url, MOST_OF_A_RESOURCE, ContactFacts::of);
  }

  @Override
  public ApiCall<ReadOutcome<UploadForm>> uploadForm(ChannelAddress address, String contentType) {
    return uploadForm(address.workspaceId(), addresses.uploadForm(address), contentType);
  }

  @Override
  public ApiCall<ReadOutcome<UploadForm>> uploadForm(String workspaceId, String contentType) {
    return uploadForm(workspaceId, addresses.uploadForm(workspaceId), contentType);
  }

  private ApiCall<ReadOutcome<UploadForm>> uploadForm(
      String workspaceId, HttpUrl url, String contentType) {
    byte[] json =
        JsonNodeFactory.instance
            .objectNode()
            .put("contentType", contentType)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    return post(
        workspaceId,
        url,
        json,
        () -> true,
        answer -> rules.ofRead(answer, this::usableForm),
        broken -> rules.ofRead(broken.failure(), broken.requestBegan()));
  }

  /** A file that is to travel encrypted does not leave in clear because an answer says so. */
  private UploadForm usableForm(JsonNode answer) throws UnreadableResourceException {
    UploadForm form = UploadForm.of(answer);
    HttpUrl url = HttpUrl.parse(form.uploadUrl());
    if (url == null || (transport.isEncrypted() && !url.isHttps())) {
      throw new UnreadableResourceException("the field uploadUrl is no address to upload to");
    }
    return form;
  }

  @Override
  public ApiCall<UploadOutcome> upload(UploadForm form, MediaFile file) {
    MultipartUpload upload =
        new MultipartUpload(
            form.uploadUrl(),
            form.uploadMethod(),
            form.fields(),
            file.name(),
            file.contentType(),
            file.content());
    return PermittedCall.start(
        CompletableFuture.completedFuture(PermittedCall.NONE),
        whenDone -> transport.upload(upload, whenDone),
        (permit, exchange) ->
            exchange instanceof Answered answered
                ? rules.ofUpload(answered.answer())
                : rules.ofUpload(
                    ((Broken) exchange).failure(), ((Broken) exchange).requestBegan()));
  }

  @Override
  public ApiCall<ReadOutcome<Media>> media(MediaAddress address) {
    HttpUrl url = addresses.media(address);
    return get(address.workspaceId(), url, MOST_OF_A_MEDIUM, rules::ofMedia);
  }

  @Override
  public ApiCall<Right> maySend(ChannelAddress address) {
    return probe(address, addresses.messages(address));
  }

  @Override
  public ApiCall<Right> maySendBatch(ChannelAddress address) {
    return probe(address, addresses.batch(address));
  }

  @Override
  public ApiCall<Right> mayUpload(ChannelAddress address) {
    return probe(address, addresses.uploadForm(address));
  }

  private ApiCall<Right> probe(ChannelAddress address, HttpUrl url) {
    return post(
        address.workspaceId(),
        url,
        NOTHING,
        () -> true,
        rules::ofProbe,
        broken -> rules.ofProbe(broken.failure(), broken.requestBegan()));
  }

  private <T> ApiCall<ReadOutcome<T>> read(
      String workspaceId, HttpUrl url, long mostBytes, ResourceReader<T> reader) {
    return get(workspaceId, url, mostBytes, answer -> rules.ofRead(answer, reader));
  }

  private <T> ApiCall<ReadOutcome<T>> get(
      String workspaceId, HttpUrl url, long mostBytes, Function<Answer, ReadOutcome<T>> ofAnswer) {
    return call(
        share(workspaceId, Method.GET),
        RateBudget.Share::acquire,
        whenDone -> transport.get(url, mostBytes, whenDone),
        ofAnswer,
        broken -> rules.ofRead(broken.failure(), broken.requestBegan()));
  }

  private <T> ApiCall<T> post(
      String workspaceId,
      HttpUrl url,
      byte[] json,
      BooleanSupplier mayLeave,
      Function<Answer, T> ofAnswer,
      Function<Broken, T> ofBroken) {
    return call(
        share(workspaceId, Method.POST),
        RateBudget.Share::acquire,
        whenDone -> transport.post(url, json, mayLeave, MOST_OF_A_RESOURCE, whenDone),
        ofAnswer,
        ofBroken);
  }

  private RateBudget.Share share(String workspaceId, Method method) {
    return shares.computeIfAbsent(new BudgetKey(workspaceId, method), this::join);
  }

  private <T> ApiCall<T> call(
      RateBudget.Share share,
      Function<RateBudget.Share, CompletableFuture<Permit>> acquire,
      PermittedCall.Starter starter,
      Function<Answer, T> ofAnswer,
      Function<Broken, T> ofBroken) {
    return PermittedCall.start(
        acquire.apply(share),
        starter,
        (permit, exchange) -> {
          if (exchange instanceof Answered answered) {
            answered.answer().date().ifPresent(serverClock::told);
            tell(share, permit, answered.answer());
            return ofAnswer.apply(answered.answer());
          }
          return ofBroken.apply((Broken) exchange);
        });
  }

  private static void tell(RateBudget.Share share, Permit permit, Answer answer) {
    if (answer.status() == TOO_MANY_REQUESTS) {
      share.throttled(permit, VerdictRules.retryAfter(answer));
    } else if (answer.status() < SERVER_ERROR) {
      share.letThrough(permit);
    }
  }

  private RateBudget.Share join(BudgetKey key) {
    double rate = key.method() == Method.GET ? limits.getPerSecond() : limits.postPerSecond();
    return budgets.join(transport.host(), key.workspaceId(), key.method(), rate);
  }

  @Override
  public Optional<Instant> serverTime() {
    return serverClock.now();
  }

  @Override
  public void close() {
    shares.values().forEach(RateBudget.Share::close);
    transport.close();
  }
}

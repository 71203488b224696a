package dev.birdconnect.client;

import dev.birdconnect.client.http.HttpExchange;
import dev.birdconnect.client.http.HttpExchange.Answered;
import dev.birdconnect.client.http.HttpExchange.Broken;
import dev.birdconnect.client.http.HttpTransport;
import dev.birdconnect.client.http.TransportSettings;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.Message;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.rate.RateBudget;
import dev.birdconnect.client.rate.RateBudgets;
import dev.birdconnect.client.rate.RateBudgets.Method;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.SendRequest;
import dev.birdconnect.client.verdict.AddressOrigin;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Verdict;
import dev.birdconnect.client.verdict.VerdictRules;
import dev.birdconnect.client.verdict.VerdictRules.ResourceReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * The Channels API over HTTP. Every request first takes a permit from the rate budget of its
 * workspace and method, which all clients of this class loader share.
 */
public final class ChannelsClient implements ChannelsApi {

  private static final int TOO_MANY_REQUESTS = 429;

  private final HttpTransport transport;
  private final RateLimits limits;
  private final RateBudgets budgets;
  private final VerdictRules rules;
  private final Map<BudgetKey, RateBudget.Share> shares = new ConcurrentHashMap<>();

  private record BudgetKey(String workspaceId, Method method) {}

  /**
   * @param settings how the API is reached
   * @param limits this client's rates, kept to in every workspace it talks to
   * @param rules what answers mean
   */
  public ChannelsClient(TransportSettings settings, RateLimits limits, VerdictRules rules) {
    this.transport = new HttpTransport(settings);
    this.limits = limits;
    this.budgets = RateBudgets.shared();
    this.rules = rules;
  }

  @Override
  public ApiCall<Verdict> send(ChannelAddress address, AddressOrigin origin, SendRequest request) {
    HttpUrl url = channelUrl(address).addPathSegment("messages").build();
    byte[] json = request.toJson();
    return call(
        address.workspaceId(),
        Method.POST,
        whenDone -> transport.post(url, json, whenDone),
        exchange ->
            exchange instanceof Answered answered
                ? rules.ofSend(answered.answer(), origin)
                : ofBroken((Broken) exchange));
  }

  private Verdict ofBroken(Broken broken) {
    return rules.ofSend(broken.failure(), broken.requestBegan());
  }

  @Override
  public ApiCall<ReadOutcome<MessagePage>> messages(ChannelAddress address, ListQuery query) {
    HttpUrl url = paged(channelUrl(address).addPathSegment("messages"), query);
    return read(address.workspaceId(), url, MessagePage::of);
  }

  @Override
  public ApiCall<ReadOutcome<Message>> message(ChannelAddress address, String messageId) {
    HttpUrl url = channelUrl(address).addPathSegment("messages").addPathSegment(messageId).build();
    return read(address.workspaceId(), url, Message::of);
  }

  @Override
  public ApiCall<ReadOutcome<ChannelPage>> channels(String workspaceId, ListQuery query) {
    return read(workspaceId, paged(channelsUrl(workspaceId), query), ChannelPage::of);
  }

  @Override
  public ApiCall<ReadOutcome<Channel>> channel(ChannelAddress address) {
    return read(address.workspaceId(), channelUrl(address).build(), Channel::of);
  }

  private HttpUrl.Builder channelsUrl(String workspaceId) {
    return transport
        .url()
        .addPathSegment("workspaces")
        .addPathSegment(workspaceId)
        .addPathSegment("channels");
  }

  private HttpUrl.Builder channelUrl(ChannelAddress address) {
    return channelsUrl(address.workspaceId()).addPathSegment(address.channelId());
  }

  private static HttpUrl paged(HttpUrl.Builder url, ListQuery query) {
    url.addQueryParameter("limit", Integer.toString(query.limit()));
    query.pageToken().ifPresent(token -> url.addQueryParameter("pageToken", token));
    if (query.reverse()) {
      url.addQueryParameter("reverse", "true");
    }
    return url.build();
  }

  private <T> ApiCall<ReadOutcome<T>> read(
      String workspaceId, HttpUrl url, ResourceReader<T> reader) {
    return call(
        workspaceId,
        Method.GET,
        whenDone -> transport.get(url, whenDone),
        exchange -> {
          if (exchange instanceof Answered answered) {
            return rules.ofRead(answered.answer(), reader);
          }
          Broken broken = (Broken) exchange;
          return rules.ofRead(broken.failure(), broken.requestBegan());
        });
  }

  private <T> ApiCall<T> call(
      String workspaceId,
      Method method,
      PermittedCall.Starter starter,
      Function<HttpExchange, T> reader) {
    RateBudget.Share share = shares.computeIfAbsent(new BudgetKey(workspaceId, method), this::join);
    return PermittedCall.start(
        share.acquire(),
        starter,
        (permit, exchange) -> {
          if (exchange instanceof Answered answered
              && answered.answer().status() == TOO_MANY_REQUESTS) {
            share.throttled(permit, VerdictRules.retryAfter(answered.answer()));
          }
          return reader.apply(exchange);
        });
  }

  private RateBudget.Share join(BudgetKey key) {
    double rate = key.method() == Method.GET ? limits.getPerSecond() : limits.postPerSecond();
    return budgets.join(transport.host(), key.workspaceId(), key.method(), rate);
  }

  @Override
  public void close() {
    shares.values().forEach(RateBudget.Share::close);
    transport.close();
  }
}

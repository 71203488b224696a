package dev.birdconnect.client;

import dev.birdconnect.client.http.HttpTransport;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.request.MediaAddress;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The paths of the operations (section 2 of the API reference). Every id is one segment. */
final class ApiAddresses {

  private record Messages(ChannelAddress of, HttpUrl url) {}

  private final HttpTransport transport;

  /** Most programs send to few channels, and an address takes longer to build than to compare. */
  private volatile @Nullable Messages latest;

  ApiAddresses(HttpTransport transport) {
    this.transport = transport;
  }

  HttpUrl messages(ChannelAddress address) {
    Messages known = latest;
    if (known == null || !known.of().equals(address)) {
      known = new Messages(address, inChannel(address, "messages"));
      latest = known;
    }
    return known.url();
  }

  HttpUrl messages(ChannelAddress address, ListQuery query) {
    return paged(messages(address), query);
  }

  HttpUrl workspaceMessages(String workspaceId, ListQuery query) {
    return paged(of(workspaceId, "channels", "messages"), query);
  }

  HttpUrl message(ChannelAddress address, String messageId) {
    return inChannel(address, "messages", messageId);
  }

  HttpUrl interactions(ChannelAddress address, String messageId) {
    return inChannel(address, "messages", messageId, "interactions");
  }

  HttpUrl batch(ChannelAddress address) {
    return inChannel(address, "batch", "messages");
  }

  HttpUrl uploadForm(ChannelAddress address) {
    return inChannel(address, "presigned-upload");
  }

  HttpUrl uploadForm(String workspaceId) {
    return of(workspaceId, "channel-media", "presigned-upload");
  }

  HttpUrl channels(String workspaceId, ListQuery query) {
    return paged(of(workspaceId, "channels"), query);
  }

  HttpUrl channel(ChannelAddress address) {
    return inChannel(address);
  }

  HttpUrl contact(ChannelAddress address, String contactId, Optional<String> identifierValue) {
    HttpUrl.Builder url = below(address.workspaceId(), "channels", address.channelId());
    url.addPathSegment("contacts").addPathSegment(contactId);
    identifierValue.ifPresent(value -> url.addQueryParameter("contactIdentifierValue", value));
    return url.build();
  }

  HttpUrl media(MediaAddress address) {
    HttpUrl.Builder url =
        address instanceof MediaAddress.OfChannel ofChannel
            ? below(address.workspaceId(), "channels", ofChannel.channel().channelId(), "media")
            : below(
                address.workspaceId(),
                "messages",
                ((MediaAddress.OfMessage) address).messageId(),
                "media");
    address.path().forEach(url::addPathSegment);
    return url.build();
  }

  private HttpUrl inChannel(ChannelAddress address, String... segments) {
    HttpUrl.Builder url = below(address.workspaceId(), "channels", address.channelId());
    List.of(segments).forEach(url::addPathSegment);
    return url.build();
  }

  private HttpUrl of(String workspaceId, String... segments) {
    return below(workspaceId, segments).build();
  }

  private HttpUrl.Builder below(String workspaceId, String... segments) {
    HttpUrl.Builder url = transport.url().addPathSegment("workspaces").addPathSegment(workspaceId);
    List.of(segments).forEach(url::addPathSegment);
    return url;
  }

  private static HttpUrl paged(HttpUrl list, ListQuery query) {
    HttpUrl.Builder url =
        list.newBuilder().addQueryParameter("limit", Integer.toString(query.limit()));
    query.pageToken().ifPresent(token -> url.addQueryParameter("pageToken", token));
    if (query.reverse()) {
      url.addQueryParameter("reverse", "true");
    }
    return url.build();
  }
}

package dev.birdconnect.common.config;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks the API whether key, workspace and channels are right. Reading a channel is the check that
 * the API reference names for start-up.
 */
public final class LiveCheck {

  private static final int UNAUTHORIZED = 401;

  private final ChannelsApi api;
  private final Duration patience;

  /**
   * @param api the API
   * @param patience longest time to wait for all answers together
   */
  public LiveCheck(ChannelsApi api, Duration patience) {
    this.api = api;
    this.patience = patience;
  }

  /**
   * Reads every channel.
   *
   * @param workspaceId the workspace, set by {@link ConnectionConfig#WORKSPACE_ID}
   * @param channelIds the channels
   * @param channelSetting the setting that names the channels
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> check(
      String workspaceId, List<String> channelIds, String channelSetting) {
    Map<ChannelAddress, String> channels = new LinkedHashMap<>();
    channelIds.forEach(id -> channels.put(new ChannelAddress(workspaceId, id), channelSetting));
    return check(channels);
  }

  /**
   * Reads every channel.
   *
   * @param channels the channels, each with the setting that names it
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> check(Map<ChannelAddress, String> channels) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<ChannelAddress, ApiCall<ReadOutcome<Channel>>> calls = new LinkedHashMap<>();
    channels.keySet().forEach(channel -> calls.put(channel, api.channel(channel)));
    Map<String, List<String>> complaints = new LinkedHashMap<>();
    calls.forEach(
        (channel, call) -> {
          String setting = channels.getOrDefault(channel, "");
          Optional<ReadOutcome<Channel>> outcome = await(call, deadline);
          if (outcome.isEmpty()) {
            unanswered(complaints);
          } else if (outcome.get() instanceof ReadOutcome.Missing<Channel>) {
            missing(complaints, channel, setting, deadline);
          } else {
            judge(complaints, outcome.get(), "The channel " + channel.channelId(), setting);
          }
        });
    return complaints;
  }

  /**
   * Reads the workspace's list of channels, for settings that name no channel.
   *
   * @param workspaceId the workspace, set by {@link ConnectionConfig#WORKSPACE_ID}
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> checkWorkspace(String workspaceId) {
    long deadline = System.nanoTime() + patience.toNanos();
    Map<String, List<String>> complaints = new LinkedHashMap<>();
    Optional<ReadOutcome<ChannelPage>> outcome =
        await(api.channels(workspaceId, ListQuery.first(1)), deadline);
    if (outcome.isEmpty()) {
      unanswered(complaints);
    } else if (outcome.get() instanceof ReadOutcome.Missing<ChannelPage>) {
      noWorkspace(complaints, workspaceId);
    } else {
      judge(
          complaints, outcome.get(), "The workspace " + workspaceId, ConnectionConfig.WORKSPACE_ID);
    }
    return complaints;
  }

  private void unanswered(Map<String, List<String>> complaints) {
    add(
        complaints,
        ConnectionConfig.API_URL,
        "The Channels API did not answer within "
            + patience.toMillis()
            + " ms. Check the address, the network and the proxy.");
  }

  private static void noWorkspace(Map<String, List<String>> complaints, String workspaceId) {
    add(
        complaints,
        ConnectionConfig.WORKSPACE_ID,
        "There is no workspace " + workspaceId + ". Check its id.");
  }

  /** The API answers 404 for both, so its channels' list has to tell which one is missing. */
  private void missing(
      Map<String, List<String>> complaints,
      ChannelAddress channel,
      String channelSetting,
      long deadline) {
    Optional<ReadOutcome<ChannelPage>> channels =
        await(api.channels(channel.workspaceId(), ListQuery.first(1)), deadline);
    if (channels.isPresent() && channels.get() instanceof ReadOutcome.Missing<ChannelPage>) {
      noWorkspace(complaints, channel.workspaceId());
    } else {
      add(
          complaints,
          channelSetting,
          "The workspace has no channel "
              + channel.channelId()
              + ". Check the id, and the workspace's.");
    }
  }

  private static void judge(
      Map<String, List<String>> complaints,
      ReadOutcome<?> outcome,
      String subject,
      String setting) {
    if (outcome instanceof ReadOutcome.Denied<?> denied) {
      denied(complaints, denied.reason());
    } else if (outcome instanceof ReadOutcome.Refused<?> refused) {
      add(complaints, setting, subject + " cannot be read: " + refused.reason() + ".");
    } else if (outcome instanceof ReadOutcome.Unavailable<?> unavailable) {
      add(
          complaints,
          ConnectionConfig.API_URL,
          "The Channels API cannot be reached at this address: "
              + unavailable.reason()
              + ". Check the address, the network, the proxy and TLS.");
    }
  }

  private static void denied(Map<String, List<String>> complaints, Reason reason) {
    int status = reason.complaint().map(complaint -> complaint.status()).orElse(0);
    if (status == UNAUTHORIZED) {
      add(
          complaints,
          ConnectionConfig.ACCESS_KEY,
          "The access key is not accepted: "
              + reason
              + ". Check that it is whole and not revoked.");
    } else {
      add(
          complaints,
          ConnectionConfig.WORKSPACE_ID,
          "The access key may not read channels of this workspace: "
              + reason
              + ". Check the workspace's id, and that the key's role may read channels.");
    }
  }

  private static void add(Map<String, List<String>> complaints, String setting, String sentence) {
    List<String> sentences = complaints.computeIfAbsent(setting, absent -> new ArrayList<>());
    if (!sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  private static <T> Optional<T> await(ApiCall<T> call, long deadline) {
    try {
      long left = Math.max(0, deadline - System.nanoTime());
      return Optional.of(call.outcome().toCompletableFuture().get(left, TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      call.cancel();
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.cancel();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The outcome of a call is never exceptional.", e);
    }
  }
}

package dev.birdconnect.common.config;

import dev.birdconnect.client.ApiCall;
import dev.birdconnect.client.ChannelsApi;
import dev.birdconnect.client.RightsApi;
import dev.birdconnect.client.message.Channel;
import dev.birdconnect.client.message.ChannelPage;
import dev.birdconnect.client.message.MessagePage;
import dev.birdconnect.client.request.ChannelAddress;
import dev.birdconnect.client.request.ListQuery;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import dev.birdconnect.client.verdict.Right;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks the API whether key, workspace, channels and rights are right. Nothing is sent: the rights
 * to send are asked for with requests that can do nothing ({@link RightsApi}). What the answers
 * leave open is no complaint, nor is an answer that does not come in time once another one has. For
 * one validation, as its checks share their time.
 */
public final class LiveCheck {

  private static final ListQuery ONE = ListQuery.first(1);

  /** A channel's id that no channel has. */
  private static final String NO_CHANNEL = "00000000-0000-0000-0000-000000000000";

  private final ChannelsApi api;
  private final RightsApi rights;
  private final Duration patience;
  private final Deadline deadline;
  private boolean answered;

  /** A right that a connector needs on its channels. */
  public enum Need {
    /** To read the list of messages. */
    LIST("read the messages of", "GET", "messages"),
    /** To send messages. */
    SEND("send through", "POST", "messages"),
    /** To send batches of messages. */
    SEND_BATCH("send batches through", "POST", "batch/messages"),
    /** To upload media. */
    UPLOAD("upload media for", "POST", "presigned-upload");

    private final String doing;
    private final String method;
    private final String path;

    Need(String doing, String method, String path) {
      this.doing = doing;
      this.method = method;
      this.path = path;
    }
  }

  /** The calls about one channel. */
  private record Questions(
      ApiCall<ReadOutcome<MessagePage>> list, Map<Need, ApiCall<Right>> rights) {

    void cancel() {
      list.cancel();
      rights.values().forEach(ApiCall::cancel);
    }
  }

  /**
   * @param api the API
   * @param rights the same API
   * @param patience longest time from now to wait for all answers of all checks
   */
  public LiveCheck(ChannelsApi api, RightsApi rights, Duration patience) {
    this.api = api;
    this.rights = rights;
    this.patience = patience;
    this.deadline = Deadline.after(patience);
  }

  /**
   * Checks the channels of one workspace and setting.
   *
   * @param workspaceId the workspace, set by {@link ConnectionConfig#WORKSPACE_ID}
   * @param channelIds the channels
   * @param channelSetting the setting that names the channels
   * @param needs the rights that are needed
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> check(
      String workspaceId, List<String> channelIds, String channelSetting, Set<Need> needs) {
    Map<ChannelAddress, String> channels = new LinkedHashMap<>();
    channelIds.forEach(id -> channels.put(new ChannelAddress(workspaceId, id), channelSetting));
    return check(channels, needs);
  }

  /**
   * Checks channels.
   *
   * @param channels the channels, each with the setting that names it
   * @param needs the rights that are needed
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> check(Map<ChannelAddress, String> channels, Set<Need> needs) {
    Map<ChannelAddress, Questions> questions = new LinkedHashMap<>();
    channels
        .keySet()
        .forEach(
            channel ->
                questions.put(
                    channel, new Questions(api.messages(channel, ONE), probes(channel, needs))));
    LiveComplaints complaints = new LiveComplaints();
    for (Map.Entry<ChannelAddress, Questions> asked : questions.entrySet()) {
      ChannelAddress channel = asked.getKey();
      Optional<ReadOutcome<MessagePage>> list = deadline.await(asked.getValue().list());
      if (list.isPresent()) {
        answered = true;
        String setting = channels.getOrDefault(channel, "");
        if (isThere(channel, setting, list.get(), needs, complaints)) {
          judgeRights(channel, asked.getValue().rights(), complaints);
        }
      }
    }
    questions.values().forEach(Questions::cancel);
    if (!answered && !channels.isEmpty()) {
      complaints.unanswered(patience);
    }
    return complaints.bySetting();
  }

  private Map<Need, ApiCall<Right>> probes(ChannelAddress channel, Set<Need> needs) {
    Map<Need, ApiCall<Right>> probes = new EnumMap<>(Need.class);
    for (Need need : needs) {
      switch (need) {
        case LIST -> {}
        case SEND -> probes.put(need, rights.maySend(channel));
        case SEND_BATCH -> probes.put(need, rights.maySendBatch(channel));
        case UPLOAD -> probes.put(need, rights.mayUpload(channel));
      }
    }
    return probes;
  }

  /** Complains about what the list tells; whether the channel is there, as far as can be told. */
  private boolean isThere(
      ChannelAddress channel,
      String setting,
      ReadOutcome<MessagePage> list,
      Set<Need> needs,
      LiveComplaints complaints) {
    if (list instanceof ReadOutcome.Missing<MessagePage>) {
      missing(channel, setting, complaints);
      return false;
    }
    if (!(list instanceof ReadOutcome.Denied<MessagePage> denied)
        || LiveComplaints.isKeyOrAddress(denied.reason())) {
      return complaints.judge(list, "The channel " + channel.channelId(), setting);
    }
    Optional<ReadOutcome<Channel>> read = deadline.await(api.channel(channel));
    if (read.isPresent() && read.get() instanceof ReadOutcome.Missing<Channel>) {
      missing(channel, setting, complaints);
      return false;
    }
    boolean found = read.isPresent() && read.get() instanceof ReadOutcome.Found<Channel>;
    if (needs.contains(Need.LIST)) {
      if (found) {
        denied(channel, Need.LIST, denied.reason(), complaints);
      } else {
        complaints.noRights(denied.reason());
      }
    }
    return found || !needs.contains(Need.LIST);
  }

  private void judgeRights(
      ChannelAddress channel, Map<Need, ApiCall<Right>> probes, LiveComplaints complaints) {
    probes.forEach(
        (need, probe) -> {
          Optional<Right> right = deadline.await(probe);
          if (right.isPresent() && right.get() instanceof Right.Denied denied) {
            denied(channel, need, denied.reason(), complaints);
          }
        });
  }

  private static void denied(
      ChannelAddress channel, Need need, Reason reason, LiveComplaints complaints) {
    complaints.noRight(channel.channelId(), need.doing, need.method, need.path, reason);
  }

  /**
   * Checks key and workspace, for settings that name no channel. A key that may not list channels
   * is right all the same when it may send.
   *
   * @param workspaceId the workspace, set by {@link ConnectionConfig#WORKSPACE_ID}
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> checkWorkspace(String workspaceId) {
    LiveComplaints complaints = new LiveComplaints();
    Optional<ReadOutcome<ChannelPage>> list = deadline.await(api.channels(workspaceId, ONE));
    answered |= list.isPresent();
    if (list.isEmpty()) {
      complaints.unanswered(patience);
    } else if (list.get() instanceof ReadOutcome.Missing<ChannelPage>) {
      complaints.noWorkspace(workspaceId);
    } else if (list.get() instanceof ReadOutcome.Denied<ChannelPage> denied
        && !LiveComplaints.isKeyOrAddress(denied.reason())) {
      Optional<Right> right =
          deadline.await(rights.maySend(new ChannelAddress(workspaceId, NO_CHANNEL)));
      if (right.isPresent() && right.get() instanceof Right.Denied) {
        complaints.noRights(denied.reason());
      }
    } else {
      complaints.judge(list.get(), "The workspace " + workspaceId, ConnectionConfig.WORKSPACE_ID);
    }
    return complaints.bySetting();
  }

  /**
   * Checks key and workspace, and that the key may list the workspace's channels.
   *
   * @param workspaceId the workspace, set by {@link ConnectionConfig#WORKSPACE_ID}
   * @return what is wrong, by setting, in sentences; empty when all is well
   */
  public Map<String, List<String>> checkChannelList(String workspaceId) {
    LiveComplaints complaints = new LiveComplaints();
    Optional<ReadOutcome<ChannelPage>> list = deadline.await(api.channels(workspaceId, ONE));
    answered |= list.isPresent();
    if (list.isEmpty()) {
      complaints.unanswered(patience);
    } else if (list.get() instanceof ReadOutcome.Missing<ChannelPage>) {
      complaints.noWorkspace(workspaceId);
    } else if (list.get() instanceof ReadOutcome.Denied<ChannelPage> denied
        && !LiveComplaints.isKeyOrAddress(denied.reason())) {
      complaints.mayNotListChannels(denied.reason());
    } else {
      complaints.judge(list.get(), "The workspace " + workspaceId, ConnectionConfig.WORKSPACE_ID);
    }
    return complaints.bySetting();
  }

  /** The API answers 404 for both, so the list of channels has to tell which one is missing. */
  private void missing(ChannelAddress channel, String setting, LiveComplaints complaints) {
    Optional<ReadOutcome<ChannelPage>> channels =
        deadline.await(api.channels(channel.workspaceId(), ONE));
    if (channels.isPresent() && channels.get() instanceof ReadOutcome.Missing<ChannelPage>) {
      complaints.noWorkspace(channel.workspaceId());
    } else {
      complaints.noChannel(channel.channelId(), setting);
    }
  }
}

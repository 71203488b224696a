package dev.birdconnect.common.config;

import dev.birdconnect.client.verdict.Complaint;
import dev.birdconnect.client.verdict.ReadOutcome;
import dev.birdconnect.client.verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the API has against a configuration: sentences, each on the setting to look at. */
final class LiveComplaints {

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY_REQUESTS = 429;

  private final Map<String, List<String>> bySetting = new LinkedHashMap<>();

  /** The sentences, by setting. */
  Map<String, List<String>> bySetting() {
    return bySetting;
  }

  private void add(String setting, String sentence) {
    List<String> sentences = bySetting.computeIfAbsent(setting, absent -> new ArrayList<>());
    if (!sentences.contains(sentence)) {
      sentences.add(sentence);
    }
  }

  private static int status(Reason reason) {
    return reason.complaint().map(Complaint::status).orElse(0);
  }

  private static boolean isRedirect(int status) {
    return status >= 300 && status < 400;
  }

  /**
   * Whether a refusal is about the key as a whole, or comes from another address than the API's.
   */
  static boolean isKeyOrAddress(Reason reason) {
    return status(reason) == UNAUTHORIZED || isRedirect(status(reason));
  }

  /**
   * Complains about a read that failed.
   *
   * @param subject what was read
   * @param setting the setting that names it
   * @return whether it is there, as far as can be told
   */
  boolean judge(ReadOutcome<?> outcome, String subject, String setting) {
    if (outcome instanceof ReadOutcome.Denied<?> denied) {
      keyOrAddress(denied.reason());
      return false;
    }
    if (outcome instanceof ReadOutcome.Refused<?> refused) {
      add(setting, subject + " cannot be read: " + refused.reason() + ". Check the id.");
      return false;
    }
    if (outcome instanceof ReadOutcome.Unreadable<?> unreadable) {
      add(
          ConnectionConfig.API_URL,
          "What answers at this address is not the Channels API: "
              + unreadable.reason()
              + ". Check the address and the proxy.");
      return false;
    }
    if (outcome instanceof ReadOutcome.Unavailable<?> unavailable
        && status(unavailable.reason()) != TOO_MANY_REQUESTS) {
      add(
          ConnectionConfig.API_URL,
          "The Channels API cannot be used at this address: "
              + unavailable.reason()
              + ". Check the address, the network, the proxy and TLS.");
      return false;
    }
    return true;
  }

  private void keyOrAddress(Reason reason) {
    if (isRedirect(status(reason))) {
      add(
          ConnectionConfig.API_URL,
          "This is not the address of the Channels API: it sends elsewhere ("
              + reason
              + "). Set the address that it names.");
    } else {
      add(
          ConnectionConfig.ACCESS_KEY,
          "The access key is not accepted: "
              + reason
              + ". Check that it is whole and not revoked.");
    }
  }

  void unanswered(Duration patience) {
    add(
        ConnectionConfig.API_URL,
        "The Channels API did not answer within "
            + patience.toMillis()
            + " ms. Check the address, the network and the proxy.");
  }

  void noWorkspace(String workspaceId) {
    add(ConnectionConfig.WORKSPACE_ID, "There is no workspace " + workspaceId + ". Check its id.");
  }

  void noChannel(String channelId, String setting) {
    add(
        setting,
        "The workspace has no channel " + channelId + ". Check the id, and the workspace's.");
  }

  /** The workspace may be another one than the key's; the API does not tell. */
  void noRights(Reason reason) {
    add(
        ConnectionConfig.WORKSPACE_ID,
        "The access key has no rights here: "
            + reason
            + ". Check that the workspace is the key's, and that the key's role may use its channels.");
  }

  void mayNotListChannels(Reason reason) {
    add(
        ConnectionConfig.ACCESS_KEY,
        "The access key may not list the channels of the workspace: "
            + reason
            + ". Let its role use GET /workspaces/{workspaceId}/channels, and check that the"
            + " workspace is the key's.");
  }

  void noRight(String channelId, String doing, String method, String path, Reason reason) {
    add(
        ConnectionConfig.ACCESS_KEY,
        "The access key may not "
            + doing
            + " the channel "
            + channelId
            + ": "
            + reason
            + ". Let its role use "
            + method
            + " /workspaces/{workspaceId}/channels/{channelId}/"
            + path
            + ".");
  }
}

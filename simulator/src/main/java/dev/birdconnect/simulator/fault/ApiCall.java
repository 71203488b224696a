package dev.birdconnect.simulator.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The operations of the API by which a rule can tell requests apart. */
public enum ApiCall {
  SEND("createChannelMessage"),
  BATCH("createChannelMessageBatch"),
  LIST("listChannelMessages"),
  LIST_WORKSPACE("listWorkspaceMessages"),
  GET("getChannelMessage"),
  INTERACTIONS("listMessageInteractions"),
  UPLOAD("createChannelPresignedUpload"),
  UPLOAD_WORKSPACE("createWorkspacePresignedUpload"),
  LIST_CHANNELS("listChannels"),
  GET_CHANNEL("getChannel"),
  GET_CONTACT("getChannelContactInformation"),
  READ_MEDIA("readChannelMedia"),
  READ_MESSAGE_MEDIA("readMessageMedia");

  private final String operationId;
  private final String wireName = name().toLowerCase(Locale.ROOT).replace('_', '-');

  ApiCall(String operationId) {
    this.operationId = operationId;
  }

  /** The name in control calls, such as {@code list-channels}. */
  public String wireName() {
    return wireName;
  }

  String operationId() {
    return operationId;
  }

  /** The call with this {@code operationId} in the OpenAPI document. */
  public static Optional<ApiCall> ofOperation(String operationId) {
    return Arrays.stream(values()).filter(c -> c.operationId.equals(operationId)).findFirst();
  }

  /** The call with this name in control calls. */
  public static Optional<ApiCall> named(String wireName) {
    return Arrays.stream(values()).filter(c -> c.wireName.equals(wireName)).findFirst();
  }
}

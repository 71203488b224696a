package dev.birdconnect.client.http;

/**
 * The access key of a workspace. Its text leaves this class for the header {@code Authorization}
 * only (page <i>API Authorization</i>).
 */
public final class AccessKey {

  private final String key;

  /**
   * @param key the key as given by Bird
   */
  public AccessKey(String key) {
    this.key = key;
  }

  String header() {
    return "AccessKey " + key;
  }

  @Override
  public String toString() {
    return "[hidden]";
  }
}

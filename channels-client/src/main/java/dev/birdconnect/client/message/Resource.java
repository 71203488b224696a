package dev.birdconnect.client.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Everything the API sent of a message. It is read when it is asked for first, as most messages of
 * most pages are known; until then it is the bytes that came, which take a fifth of the room. For
 * use by one thread at a time.
 */
public final class Resource {

  private static final byte[] NONE = {};

  private static final int NOT_COUNTED = -1;

  private byte[] json;
  private int bytes;
  private @Nullable JsonNode tree;

  private Resource(byte[] json, int bytes, @Nullable JsonNode tree) {
    this.json = json;
    this.bytes = bytes;
    this.tree = tree;
  }

  /** One that is read. */
  static Resource of(JsonNode tree) {
    return new Resource(NONE, NOT_COUNTED, tree);
  }

  /**
   * One that is not read yet.
   *
   * @param json one JSON value; whoever found where it ends has seen that it is one
   */
  static Resource of(ByteString json) {
    return new Resource(json.toByteArray(), json.size(), null);
  }

  /** How many bytes came of it; about as many, where it was read at once. */
  int bytes() {
    if (bytes == NOT_COUNTED) {
      bytes = tree().toString().length();
    }
    return bytes;
  }

  /** All of it, not to be changed. */
  JsonNode tree() {
    JsonNode read = tree;
    if (read == null) {
      read = read(json);
      tree = read;
      json = NONE;
    }
    return read;
  }

  private static JsonNode read(byte[] json) {
    try {
      return ExactJson.read(json);
    } catch (IOException e) {
      throw new IllegalStateException("The message was JSON when its page was read.");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Resource that && tree().equals(that.tree()));
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  /** Its length only: what it holds may be private. */
  @Override
  public String toString() {
    return tree == null ? "Resource[" + json.length + " bytes]" : "Resource[read]";
  }
}
